/** The bytes of the first buffer, before any of a body came. */
export const NO_BYTES: Uint8Array = new Uint8Array();

/**
 * Adds a piece to the first `length` bytes of what is held of a body, and gives what holds them all, with room to
 * spare. Pieces are not kept as they come: a client that sends a byte at a time would take hundreds of bytes for each.
 */
export function append(held: Uint8Array, length: number, piece: Uint8Array): Uint8Array {
  if (length === 0) return piece; // most bodies are one piece, which is full, so that nothing is written into it
  const needed = length + piece.length;
  if (needed <= held.length) {
    held.set(piece, length);
    return held;
  }
  const roomier = new Uint8Array(2 * needed);
  roomier.set(held.subarray(0, length));
  roomier.set(piece, length);
  return roomier;
}
