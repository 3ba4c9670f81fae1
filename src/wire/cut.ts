/** Half of a character that takes two code units, where its other half was cut off. */
const HALF_A_CHARACTER = /[\uD800-\uDBFF]$/;

/**
 * The first characters of a text that a client sent, at most so many UTF-16 code units. None is cut in two: strict
 * readers of JSON, PostgreSQL's jsonb among them, refuse all of a document for half a character.
 */
export function cut(text: string, most: number): string {
  return text.length > most ? text.slice(0, most).replace(HALF_A_CHARACTER, '') : text;
}
