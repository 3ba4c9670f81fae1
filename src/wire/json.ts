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
