/** Lets other work of the process go first, in the middle of work that may be long. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
