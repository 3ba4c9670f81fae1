/**
 * The beginning of a text, as a text of its own: engines make a slice a view of the whole, which then stays in
 * memory with it.
 */
export function clip(text: string, length: number): string {
  return text.length <= length ? text : JSON.parse(JSON.stringify(text.slice(0, length)));
}
