import { timeSlices } from './event-loop.ts';
import { jsonText } from './json-text.ts';

const encoder = new TextEncoder();

/**
 * The JSON of a value in UTF-8, written in slices, so that a large value holds nobody up. Those that are given the same
 * `nextSlice` take turns.
 */
export async function jsonBytes(value: unknown, nextSlice = timeSlices()): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (const text of jsonText(value)) {
    if (pieces.length > 0) await nextSlice();
    pieces.push(encoder.encode(text));
  }
  return joined(pieces);
}

function joined(pieces: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [first] = pieces;
  if (first && pieces.length === 1) return first;
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let length = 0;
  for (const piece of pieces) {
    whole.set(piece, length);
    length += piece.length;
  }
  return whole;
}
