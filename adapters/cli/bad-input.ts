/** What the user of the command line has to mend: its message is the one line that is printed. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}

/** What is wrong with the arguments of a command, by what parseArgs threw: an Error, which may give advice too. */
export function badArguments(error: unknown, command: string): BadInput {
  const [reason] = (error as Error).message.split(/\. |\n/);
  return new BadInput(`${reason}; media-sessions ${command} --help lists the options`);
}

/** The outcome of work on a part of an input, or what is wrong with the part, which the rest can do without. */
export function partOf<Value>(work: () => Value): Value | BadInput {
  try {
    return work();
  } catch (error) {
    if (error instanceof BadInput) return error;
    throw error;
  }
}
