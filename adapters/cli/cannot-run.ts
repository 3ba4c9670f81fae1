/** What this machine, or another, did not let the command line do: its message is the one line that is printed. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
