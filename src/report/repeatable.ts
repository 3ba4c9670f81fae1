import { cut } from '../wire/cut.ts';

/** The most characters of a text that a report repeats: in each ad of a break, each chapter of the content. */
const MAX_LENGTH = 256;

/** A text that was sent once, as far as a report repeats it: else a megabyte that was sent may become gigabytes. */
export function repeatable<Text extends string | null | undefined>(text: Text): Text | string {
  return text && cut(text, MAX_LENGTH);
}
