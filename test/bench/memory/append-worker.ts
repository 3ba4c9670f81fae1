// A thread with a memory store of so many sessions. Asked for a slice in some order, it says how many appends a second that had.
import { parentPort, workerData } from 'node:worker_threads';
import { memoryStore } from '../../../src/memory-store/memory-store.ts';
import { DEFAULT_TIMEOUTS, open } from '../../../src/session/lifecycle.ts';
import { newSessionId } from '../../../src/session/session-id.ts';
import { RULE } from '../../support/stores/events.ts';
import { ping, start } from '../bodies.ts';
import { received } from './received.ts';

/**
 * Which session is next: at random, as pings come, when most of what a session is must be fetched from memory; or in the
 * order they started, when much of it is in the cache.
 */
export type Order = 'at random' | 'in order';

const SLICE = 10_000;
/** How many events each session has, about, before any append counts: the first of them are not like the rest. */
const EVENTS = 8;
const NOW = Date.now();

const { sessions }: { readonly sessions: number } = workerData; // passed by append.ts
const store = memoryStore({ maxSessions: Number.MAX_SAFE_INTEGER, maxBytes: Number.MAX_SAFE_INTEGER });
const sids = Array.from({ length: sessions }, newSessionId);
let next = 0;
for (const sid of sids) {
  const event = received(start, NOW);
  await store.create(open(sid, event, DEFAULT_TIMEOUTS), [event]);
}
for (let appended = 0; appended < Math.max(EVENTS * sessions, 20 * SLICE); appended += SLICE) await slice('at random');
parentPort?.on('message', async (order: Order) => parentPort?.postMessage(await slice(order)));

/** Appends to sessions, and gives how many appends a second that were. */
async function slice(order: Order): Promise<number> {
  const pick = order === 'at random' ? () => Math.floor(Math.random() * sessions) : () => next++ % sessions;
  const appends = Array.from({ length: SLICE }, () => ({ sid: sids[pick()] ?? '', event: received(ping, NOW) }));
  const from = performance.now();
  for (const { sid, event } of appends) {
    const result = await store.append(sid, [event], RULE);
    if (result !== 'accepted') throw new Error(`Expected accepted, got ${result}`);
  }
  return (SLICE / (performance.now() - from)) * 1000;
}
