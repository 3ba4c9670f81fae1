import { type ParseArgsConfig, parseArgs } from 'node:util';
import { BadInput } from './errors.ts';

/** A command of the command line. */
export interface Command {
  /** How it is used: what `--help` after it prints. */
  readonly help: string;
  /** Runs it, and gives what it prints, piece by piece. Throws a BadInput or a CannotRun. */
  run(args: readonly string[], output: Output): AsyncIterable<string>;
}

/** Where the output of a command goes. */
export interface Output {
  readonly isTerminal: boolean;
  /** How many characters a line of the terminal has. */
  readonly columns: number | undefined;
  /** Reports on the standard error what was left out of the output. The exit code tells of it too. */
  warn(reason: string): void;
}

/** Parses the arguments of a command as `parseArgs` does. Throws a BadInput, which says where the options are listed. */
export function parseArguments<const Config extends ParseArgsConfig>(command: string, config: Config) {
  try {
    return parseArgs(config);
  } catch (error) {
    const [reason] = (error as Error).message.split(/\. |\n/); // advice may follow
    throw new BadInput(`${reason}; media-sessions ${command} --help lists the options`);
  }
}
