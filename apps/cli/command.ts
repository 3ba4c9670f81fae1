/** A command: what it prints, piece by piece. Throws a BadInput or a CannotRun. */
export type Command = (args: readonly string[], output: Output) => AsyncIterable<string>;

/** Where the output of a command goes. */
export interface Output {
  readonly isTerminal: boolean;
  /** How many characters a line of the terminal has. */
  readonly columns: number | undefined;
  /** Says on the standard error what was left out of the output, and has the exit code tell of it. */
  warn(reason: string): void;
}

/** A text as it may be printed on one line: what a client sent must not move the cursor or clear the screen. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}
