/** Levels of nesting an event may have. The protocol needs five; more is trouble for whoever walks it later. */
export const MAX_DEPTH = 64;

/** Tells whether a JSON value is nested deeper than that. */
export function isTooDeep(value: object, levels = MAX_DEPTH): boolean {
  if (levels === 0) return true;
  const members = value as Readonly<Record<string, unknown>>; // an array's are its elements
  for (const key in members) {
    const member = members[key];
    if (typeof member === 'object' && member !== null && isTooDeep(member, levels - 1)) return true;
  }
  return false;
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
