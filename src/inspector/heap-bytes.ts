/** What values take in the heap of V8, in bytes, roughly and rather too much than too little. */
const OBJECT = 56;
const MEMBER = 16;
const TEXT = 24;

/** What a JSON value takes in the heap, in bytes, roughly. */
export function heapBytes(value: unknown): number {
  if (typeof value === 'string') return TEXT + 2 * value.length;
  if (typeof value !== 'object' || value === null) return 0; // counted as a member
  let bytes = OBJECT;
  for (const member of Object.values(value)) bytes += MEMBER + heapBytes(member);
  return bytes;
}
