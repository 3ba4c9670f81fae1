/** What ends a command: its message is the one line that is printed. */
export abstract class CommandError extends Error {
  abstract readonly exitCode: number;
}

/** What the user of the command line has to mend. */
export class BadInput extends CommandError {
  override readonly name = 'BadInput';
  readonly exitCode = 2;
}

/** What this machine, or another, did not let the command line do. */
export class CannotRun extends CommandError {
  override readonly name = 'CannotRun';
  readonly exitCode = 1;
}

/** Why something failed, in a few words: the code and the call of a failure of the system are left out. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A host with several addresses fails with an error for each, in one without a message.
  const [first] = (error as { errors?: readonly unknown[] }).errors ?? [];
  const { message, code = '' } = (
    error.message === '' && first instanceof Error ? first : error
  ) as NodeJS.ErrnoException;
  return message.replace(`${code}: `, '').replace(/, \w+( '.*')?$/, '') || code || error.name;
}
