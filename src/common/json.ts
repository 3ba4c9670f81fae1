/** Levels of nesting an event may have. The protocol needs five; more is trouble for whoever walks it later. */
export const MAX_DEPTH = 64;

/**
 * Counts the values that a JSON value is made of: itself, its members or elements, and theirs. Infinity when it is nested
 * deeper than `MAX_DEPTH`.
 */
export function countValues(value: object, levels = MAX_DEPTH): number {
  if (levels === 0) return Number.POSITIVE_INFINITY;
  const members = value as Readonly<Record<string, unknown>>; // an array's are its elements
  let count = 1;
  for (const key in members) {
    const member = members[key];
    count += typeof member === 'object' && member !== null ? countValues(member, levels - 1) : 1;
  }
  return count;
}

/** What a JSON value takes in memory, roughly. */
export interface JsonSize {
  values: number;
  /** Of its keys and its strings. */
  characters: number;
}

/** Adds the size of a JSON value, which is not nested deeper than `MAX_DEPTH`, to others. */
export function addSize(value: unknown, size: JsonSize): void {
  size.values += 1;
  if (typeof value === 'string') size.characters += value.length;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    size.characters += key.length;
    addSize(member, size);
  }
}

/** The JSON type of a value. */
export function describeType(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

/** Tells whether a value is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A body as a value, with the text it came as if it did, or the reason why it is none. */
export type Parsed = { readonly value: unknown; readonly text?: string } | { readonly reason: string };

const utf8 = new TextDecoder('utf-8', { fatal: true }); // also drops a byte order mark

/** Reads a body as JSON: from UTF-8 bytes, from text, or as the value a host's parser made of it. */
export function parseJson(body: unknown): Parsed {
  if (!(body instanceof Uint8Array) && typeof body !== 'string') return { value: body };

  const text = typeof body === 'string' ? body.replace(/^\uFEFF/, '') : decode(body);
  if (text === undefined) return { reason: 'Expected JSON in UTF-8, got bytes that are not UTF-8' };
  if (text === '') return { reason: 'Expected JSON, got an empty body' };
  try {
    return { value: JSON.parse(text), text };
  } catch (error) {
    return { reason: `Expected JSON: ${(error as SyntaxError).message.slice(0, 120)}` }; // JSON.parse throws no other
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
