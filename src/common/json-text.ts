/** How long a piece of text is at least, but for the last, in characters. */
const LEAST = 16_384;

/** Up to how much of a value is written at once: each member counts as one, and sixteen characters of its texts do. */
const MOST = 2_000;

/**
 * The JSON text of a value in pieces, so that other work may run between two of them. Together they are what
 * `JSON.stringify` makes of the value, which must be one that JSON can say: made of objects, arrays, texts, numbers,
 * booleans and null. A single text is never divided.
 */
export function* jsonText(value: unknown): Generator<string, void, undefined> {
  let text = '';
  for (const part of partsOf(value)) {
    text += part;
    if (text.length < LEAST) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

/** A small value is one part; a large one is the parts of its members. */
function* partsOf(value: unknown): Generator<string, void, undefined> {
  if (typeof value !== 'object' || value === null || weightOf(value, MOST) <= MOST) {
    yield JSON.stringify(value) ?? 'null'; // of undefined there is no text; in an array it is null
    return;
  }
  let before = Array.isArray(value) ? '[' : '{';
  if (Array.isArray(value)) {
    for (const member of value) {
      yield before;
      yield* partsOf(member);
      before = ',';
    }
    yield ']';
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    yield `${before}${JSON.stringify(name)}:`;
    yield* partsOf(member);
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}

/** How much there is of a value, counted no further than a little over `most`. */
function weightOf(value: unknown, most: number): number {
  if (typeof value === 'string') return 1 + value.length / 16;
  if (typeof value !== 'object' || value === null) return 1;
  let weight = 1;
  if (Array.isArray(value)) {
    for (const member of value) {
      weight += weightOf(member, most - weight);
      if (weight > most) break;
    }
    return weight;
  }
  const members = value as Readonly<Record<string, unknown>>; // an object's own are all there are in JSON
  for (const name in members) {
    weight += name.length / 16 + weightOf(members[name], most - weight);
    if (weight > most) break;
  }
  return weight;
}
