/** What this machine, or another, did not let the command line do: its message is the one line that is printed. */
export class Failure extends Error {
  override readonly name = 'Failure';
}
