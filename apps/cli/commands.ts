import metadata from '../../package.json' with { type: 'json' };
import type { Command, Output } from './command.ts';
import { BadInput } from './errors.ts';

/** Each is loaded when it is used: a server takes more than a report. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve/command.ts')).serveCommand,
  report: async () => (await import('./report/command.ts')).reportCommand,
};

const HELP = `Usage: media-sessions <command> [options]

Commands:
  serve            a server of the Media Collection API
  report <file>    what the viewers did, from recorded requests or stored events
  help [command]   this text, or how to use a command

Options:
  -h, --help       this text; after a command, how to use that
  -v, --version    the version

media-sessions ${metadata.version}: https://www.npmjs.com/package/media-sessions
`;

/** Runs a command line, and gives what it prints, piece by piece. Throws a BadInput or a CannotRun. */
export async function* runCommandLine([name, ...args]: readonly string[], output: Output): AsyncGenerator<string> {
  switch (name) {
    case undefined:
    case '--help':
    case '-h':
      return yield HELP;
    case '--version':
    case '-v':
      return yield `${metadata.version}\n`;
    case 'help':
      return yield await helpOn(args);
    default:
      yield* (await load(name)).run(args, output);
  }
}

async function helpOn([name, ...more]: readonly string[]): Promise<string> {
  if (more.length > 0) throw new BadInput(`help takes one command, not also ${more[0]}`);
  return name === undefined || name === 'help' ? HELP : (await load(name)).help;
}

async function load(name: string): Promise<Command> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new BadInput(`there is no command ${name}; media-sessions --help lists them`);
  return command();
}
