/** A command: what it prints, piece by piece. Throws a BadInput or a CannotRun. */
export type Command = (args: readonly string[], output: Output) => AsyncIterable<string>;

/** Where the output of a command goes. */
export interface Output {
  readonly isTerminal: boolean;
  /** How many characters a line of the terminal has. */
  readonly columns: number | undefined;
  /** Says on the standard error what was left out of the output, and has the exit code tell of it. */
  complain(reason: string): void;
}
