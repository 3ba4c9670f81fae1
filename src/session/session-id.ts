/** What an id may look like: it is a path segment, and a key of any store. */
const SESSION_ID = /^[\w.~-]{1,128}$/;

/** Tells whether a path segment could be the id of a session. It is matched, never decoded. */
export function isSessionId(segment: string): boolean {
  return SESSION_ID.test(segment);
}

/** The id itself, or an error that tells the embedder what is wrong with `newId`. */
export function requireSessionId(id: unknown): string {
  if (typeof id === 'string' && isSessionId(id)) return id;
  throw new TypeError('newId must return 1 to 128 characters out of A-Z, a-z, 0-9, "-", ".", "_" and "~"');
}

const ID_BYTES = 32;
const POOL_BYTES = 8192;
const HEX_DIGITS = new TextEncoder().encode('0123456789abcdef');
const pool = new Uint8Array(POOL_BYTES);
let used = POOL_BYTES;
const digits = Array.from({ length: 2 * ID_BYTES }, () => 0); // an array, which spreads ten times as fast as bytes do

/**
 * A new session id: 32 random bytes as 64 lower-case hex digits. Whoever knows an id may write to its
 * session, so it comes from the platform's cryptographic generator. One draw serves 256 ids, since a
 * draw costs far more than its bytes, and what was given out is wiped.
 */
export function newSessionId(): string {
  if (used === POOL_BYTES) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const bytes = pool.subarray(used, used + ID_BYTES);
  used += ID_BYTES;
  for (let index = 0; index < ID_BYTES; index++) {
    const byte = bytes[index] ?? 0;
    digits[2 * index] = HEX_DIGITS[byte >> 4] ?? 0;
    digits[2 * index + 1] = HEX_DIGITS[byte & 15] ?? 0;
  }
  bytes.fill(0);
  return String.fromCharCode(...digits); // in one piece: built piece by piece it would take ten times the memory
}
