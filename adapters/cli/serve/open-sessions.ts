import type { SessionStore } from '../../../src/session/store.ts';

/** How long a count may take, in milliseconds, and how many sessions it goes through at most. */
const PATIENCE = 1_000;
const MOST = 100_000;
/** How long a count is good for, in milliseconds: several who ask at once share one. */
const FRESH = 1_000;

/**
 * Makes the function that counts the open sessions of a store, those of other processes included. It gives NaN,
 * which says "unknown", when the store does not answer or has more than can be counted in time.
 */
export function openSessionCounter(store: SessionStore): () => Promise<number> {
  let latest: { readonly at: number; readonly count: Promise<number> } | undefined;
  return () => {
    const at = performance.now();
    if (latest === undefined || at > latest.at + FRESH) latest = { at, count: count(store).catch(() => Number.NaN) };
    return latest.count;
  };
}

async function count(store: SessionStore): Promise<number> {
  const end = performance.now() + PATIENCE;
  const now = Date.now();
  let open = 0;
  let cursor: string | undefined;
  do {
    const page = await store.list({ state: 'open', limit: 1000, ...(cursor !== undefined && { cursor }) }, now);
    open += page.sessions.length;
    cursor = page.cursor;
    if (cursor !== undefined && (open >= MOST || performance.now() > end)) return Number.NaN;
  } while (cursor !== undefined);
  return open;
}
