#!/usr/bin/env node
import metadata from '../../package.json' with { type: 'json' };
import { BadInput } from './bad-input.ts';
import { oneLine } from './one-line.ts';
import { reportCommand } from './report-command.ts';

const COMMANDS = { report: reportCommand };

const USAGE = `Usage: media-sessions <command> [options]

Commands:
  report <file>   what the viewers did, from recorded requests or stored events

Options:
  -h, --help      this text; after a command, how to use that
  -v, --version   the version

media-sessions ${metadata.version}: https://www.npmjs.com/package/media-sessions
`;

/** The output of a command line. Throws a BadInput. */
async function run([name, ...args]: readonly string[]): Promise<string> {
  if (name === '--version' || name === '-v') return `${metadata.version}\n`;
  if (name === '--help' || name === '-h') return USAGE;
  if (name === undefined) throw new BadInput('a command is missing; media-sessions --help lists them');
  if (!isCommand(name)) throw new BadInput(`there is no command ${name}; media-sessions --help lists them`);
  return COMMANDS[name](args, { isTerminal: process.stdout.isTTY === true, columns: process.stdout.columns });
}

function isCommand(name: string): name is keyof typeof COMMANDS {
  return Object.hasOwn(COMMANDS, name);
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error; // a reader that has seen enough, such as head
});

try {
  process.stdout.write(await run(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof BadInput)) throw error;
  process.stderr.write(`media-sessions: ${oneLine(error.message)}\n`);
  process.exitCode = 2;
}
