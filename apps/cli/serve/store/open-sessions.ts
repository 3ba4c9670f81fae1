import { yieldToEventLoop } from '../../../../src/common/event-loop.ts';
import { followPages } from '../../../../src/session/session-query.ts';
import type { SessionStore } from '../../../../src/session/store.ts';

/** How long a count may take, in milliseconds, and how many sessions it may count. */
const COUNT_TIMEOUT = 2_000;
const MOST = 100_000;
/** How many times what it took a count is good for: so counting is never most of the work. */
const SHARE = 20;
/** How long a count is good for at least, in milliseconds: several who ask at once share it. */
const FRESH = 1_000;

interface Count {
  readonly open: Promise<number>;
  goodUntil: number;
}

/**
 * Makes the function that counts the open sessions of a store, those of other processes included. It gives NaN,
 * which says "unknown", when the store does not answer or has more than can be counted in time.
 */
export function openSessionCounter(store: SessionStore): () => Promise<number> {
  let latest: Count | undefined;
  return () => {
    const from = performance.now();
    if (latest !== undefined && from < latest.goodUntil) return latest.open;
    const counting: Count = { open: count(store).catch(() => Number.NaN), goodUntil: Number.POSITIVE_INFINITY };
    latest = counting;
    return counting.open.finally(() => {
      const took = performance.now() - from;
      counting.goodUntil = performance.now() + Math.max(FRESH, SHARE * took);
    });
  };
}

async function count(store: SessionStore): Promise<number> {
  const end = performance.now() + COUNT_TIMEOUT;
  const now = Date.now();
  let open = 0;
  for await (const { sessions, cursor } of followPages((query) => store.list(query, now), {
    state: 'open',
    limit: 1000,
  })) {
    open += sessions.length;
    if (cursor !== undefined && (open >= MOST || performance.now() > end)) return Number.NaN;
    await yieldToEventLoop(); // a store of this process answers without leaving the thread to others
  }
  return open;
}
