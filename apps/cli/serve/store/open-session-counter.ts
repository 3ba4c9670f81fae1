import { yieldToEventLoop } from '../../../../src/common/event-loop.ts';
import { followPages } from '../../../../src/session/session-query.ts';
import type { SessionStore } from '../../../../src/session/store.ts';

/** How long a count may take, in milliseconds. */
const COUNT_TIMEOUT = 2_000;
/** How many sessions a count may reach. */
const MAX_SESSIONS = 100_000;
/** How long a count is used again: as many times what it took, so that counting is never most of the work. */
const REUSE_FACTOR = 20;
/** How long a count is used again at least, in milliseconds: several who ask at once share it. */
const MIN_REUSE = 1_000;

interface Count {
  readonly open: Promise<number>;
  /** Until when it is used again, by `performance.now()`. */
  validUntil: number;
}

/**
 * Makes the function that counts the open sessions of a store, those of other processes included. It gives NaN,
 * which says "unknown", when the store does not answer or has more than can be counted in time.
 */
export function openSessionCounter(store: SessionStore): () => Promise<number> {
  let latest: Count | undefined;
  return () => {
    const startedAt = performance.now();
    if (latest !== undefined && startedAt < latest.validUntil) return latest.open;
    const counting: Count = { open: count(store).catch(() => Number.NaN), validUntil: Number.POSITIVE_INFINITY };
    latest = counting;
    return counting.open.finally(() => {
      const now = performance.now();
      counting.validUntil = now + Math.max(MIN_REUSE, REUSE_FACTOR * (now - startedAt));
    });
  };
}

async function count(store: SessionStore): Promise<number> {
  const end = performance.now() + COUNT_TIMEOUT;
  const now = Date.now();
  const pages = followPages((query) => store.list(query, now), { state: 'open', limit: 1000 });
  let open = 0;
  for await (const { sessions, cursor } of pages) {
    open += sessions.length;
    if (cursor !== undefined && (open >= MAX_SESSIONS || performance.now() > end)) return Number.NaN;
    await yieldToEventLoop(); // a store of this process answers without leaving the thread to others
  }
  return open;
}
