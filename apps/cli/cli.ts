#!/usr/bin/env node
import metadata from '../../package.json' with { type: 'json' };
import type { Command } from './command.ts';
import { oneLine } from './command.ts';
import { BadInput, CannotRun, reasonOf } from './errors.ts';

/** Each is loaded when it is used: a server takes more than a report. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve/command.ts')).serveCommand,
  report: async () => (await import('./report/command.ts')).reportCommand,
};

const USAGE = `Usage: media-sessions <command> [options]

Commands:
  serve           a server of the Media Collection API
  report <file>   what the viewers did, from recorded requests or stored events

Options:
  -h, --help      this text; after a command, how to use that
  -v, --version   the version

media-sessions ${metadata.version}: https://www.npmjs.com/package/media-sessions
`;

/** The output of a command line. Throws a BadInput or a CannotRun. */
async function* run([name, ...args]: readonly string[]): AsyncGenerator<string> {
  if (name === '--version' || name === '-v') return yield `${metadata.version}\n`;
  if (name === '--help' || name === '-h') return yield USAGE;
  if (name === undefined) throw new BadInput('a command is missing; media-sessions --help lists them');
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) throw new BadInput(`there is no command ${name}; media-sessions --help lists them`);
  const command = await load();
  const { isTTY: isTerminal = false, columns } = process.stdout;
  yield* command(args, { isTerminal, columns, warn });
}

function fail(reason: string, exitCode: number): void {
  say(reason);
  process.exitCode = exitCode;
}

/** Says what the output lacks. The exit code is then 3, unless a failure sets another. */
function warn(reason: string): void {
  say(reason);
  process.exitCode ??= 3;
}

function say(reason: string): void {
  process.stderr.write(`media-sessions: ${oneLine(reason)}\n`);
}

process.stderr.on('error', () => {}); // nobody can be told of it, but the exit code still tells of a failure
process.stdout.on('error', () => {}); // or a full disk under its log would end a server; `print` hears of it too

/** Resolves once the text is written, with false when no more can be. */
function print(text: string): Promise<boolean> {
  return new Promise((resolve) => {
    process.stdout.write(text, (error: NodeJS.ErrnoException | null | undefined) => {
      const hasSeenEnough = error?.code === 'EPIPE'; // a reader such as head
      if (error && !hasSeenEnough) fail(`cannot write the output: ${reasonOf(error)}`, 1);
      resolve(!error);
    });
  });
}

try {
  for await (const text of run(process.argv.slice(2))) {
    if (!(await print(text))) break;
  }
} catch (error) {
  if (!(error instanceof BadInput || error instanceof CannotRun)) throw error;
  fail(error.message, error instanceof BadInput ? 2 : 1);
}
