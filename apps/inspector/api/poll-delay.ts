/** Milliseconds from one round of requests to the next while somebody sees the page. */
const VISIBLE = 1_000;
/** Milliseconds from one round to the next while nobody does. */
const HIDDEN = 15_000;
/** The most milliseconds that somebody waits for a server to be back. */
const MAX_BACKOFF = 10_000;

/**
 * How many milliseconds to wait for the next round of requests: twice as long after each that failed.
 *
 * @param failures How many rounds failed in a row.
 * @param hidden Whether nobody sees the page.
 */
export function pollDelay(failures: number, hidden: boolean): number {
  const backedOff = Math.min(VISIBLE * 2 ** failures, MAX_BACKOFF);
  return hidden ? Math.max(HIDDEN, backedOff) : backedOff;
}
