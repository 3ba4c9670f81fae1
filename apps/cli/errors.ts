/** What the user of the command line has to mend: its message is the one line that is printed. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}

/** What is wrong with the arguments of a command, by what parseArgs threw: an Error, which may give advice too. */
export function badArguments(error: unknown, command: string): BadInput {
  const [reason] = (error as Error).message.split(/\. |\n/);
  return new BadInput(`${reason}; media-sessions ${command} --help lists the options`);
}

/** What this machine, or another, did not let the command line do: its message is the one line that is printed. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
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
