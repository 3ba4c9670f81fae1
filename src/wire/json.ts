/** Levels of nesting a body may have. The protocol needs five; the limit keeps every later walk shallow. */
const MAX_DEPTH = 64;

/** A body as a value, with the text it came as if it did, or the reason why it is none. */
export type Parsed = { readonly value: unknown; readonly text?: string } | { readonly reason: string };

const utf8 = new TextDecoder('utf-8', { fatal: true }); // also drops a byte order mark

/** Reads a body as JSON: from UTF-8 bytes, from text, or as the value a host's parser made of it. */
export function parseJson(body: unknown): Parsed {
  if (!(body instanceof Uint8Array) && typeof body !== 'string') return checkDepth({ value: body });

  const text = typeof body === 'string' ? body.replace(/^\uFEFF/, '') : decode(body);
  if (text === undefined) return { reason: 'Expected JSON in UTF-8, got bytes that are not UTF-8' };
  if (text === '') return { reason: 'Expected JSON, got an empty body' };
  try {
    return checkDepth({ value: JSON.parse(text), text });
  } catch (error) {
    return { reason: `Expected JSON: ${(error as SyntaxError).message.slice(0, 120)}` }; // JSON.parse throws no other
  }
}

function checkDepth(parsed: { readonly value: unknown; readonly text?: string }): Parsed {
  return isDeeper(parsed.value, MAX_DEPTH) ? { reason: `Nested deeper than ${MAX_DEPTH} levels` } : parsed;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  const members = value as Readonly<Record<string, unknown>>; // of an array too, by its indices
  for (const key in members) {
    const member = members[key];
    if (typeof member === 'object' && member !== null && isDeeper(member, levels - 1)) return true;
  }
  return false;
}
