/** Why something failed, in a few words: the code and the call of a failure of the system are left out. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Of a host with several addresses, every one fails.
  const [first] = (error as { errors?: readonly unknown[] }).errors ?? [];
  const { message, code = '' } = (
    error.message === '' && first instanceof Error ? first : error
  ) as NodeJS.ErrnoException;
  return message.replace(`${code}: `, '').replace(/, \w+( '.*')?$/, '') || code || error.name;
}
