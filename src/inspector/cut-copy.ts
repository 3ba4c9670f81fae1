import { cut } from '../wire/cut.ts';

/**
 * The first characters of a text, as a text of its own: engines make a slice a view of the whole, which then stays in
 * memory with it.
 */
export function cutCopy(text: string, most: number): string {
  return text.length > most ? JSON.parse(JSON.stringify(cut(text, most))) : text;
}
