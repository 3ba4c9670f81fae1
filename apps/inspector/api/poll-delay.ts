/** Milliseconds between two rounds: while somebody looks, while nobody does, and the longest while the server is away. */
const LOOKED_AT = 1_000;
const HIDDEN = 15_000;
const LONGEST = 10_000;

/** How long to wait for the next round, after so many that failed in a row. */
export function pollDelay(failures: number, hidden: boolean): number {
  const backedOff = Math.min(LOOKED_AT * 2 ** failures, LONGEST);
  return hidden ? Math.max(HIDDEN, backedOff) : backedOff;
}
