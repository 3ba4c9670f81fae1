/** What the user of the command line has to mend: its message is the one line that is printed. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}
