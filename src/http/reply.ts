/** An answer, whatever server it goes out through: with all headers but those that a server adds by itself. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const utf8 = new TextEncoder();

/** The headers that describe a body of JSON. */
export function jsonHeaders(body: string): Readonly<Record<string, string>> {
  return { 'Content-Type': 'application/json', 'Content-Length': String(byteLength(body)) };
}

/** The length of a text in UTF-8. */
export function byteLength(text: string): number {
  return /^[\x20-\x7e]*$/.test(text) ? text.length : utf8.encode(text).length;
}
