// What a million sessions take in the memory store: node --expose-gc test/bench/memory.ts
import { PerformanceObserver, type PerformanceObserverEntryList } from 'node:perf_hooks';
import { deadlineWheel, type Scheduled, UNSCHEDULED } from '../../src/memory-store/deadline-wheel.ts';
import { memoryStore } from '../../src/memory-store/memory-store.ts';
import { DEFAULT_TIMEOUTS, open } from '../../src/session/lifecycle.ts';
import { newSessionId } from '../../src/session/session-id.ts';
import type { MediaEvent } from '../../src/wire/events.ts';
import { RECORDINGS } from '../support/recordings.ts';

const SESSIONS = 1_000_000;
const START_BYTES = 816;
const T0 = Date.now();

const recorded = RECORDINGS.find(({ name }) => name === 'js-sdk/12-real-visitor-appmeasurement')?.requests[0]
  ?.body as MediaEvent;
const padding = START_BYTES - JSON.stringify({ ...recorded, customMetadata: { note: '' } }).length;
const text = JSON.stringify({ ...recorded, customMetadata: { note: 'x'.repeat(padding) } });

function heapUsed(): number {
  if (!globalThis.gc) throw new Error('Run this with node --expose-gc');
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

/** Bytes of heap for each session of one start, as it came in from a player. */
async function sessionBytes() {
  const store = memoryStore({ maxSessions: SESSIONS, maxBytes: Number.MAX_SAFE_INTEGER });
  const before = heapUsed();
  let slowest = 0;
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  for (let index = 0; index < SESSIONS; index++) {
    const json = decoder.decode(bytes); // a text of its own, as each request has
    const event = { event: JSON.parse(json), receivedAt: T0 + Math.floor(index / 2) };
    const session = open(newSessionId(), event, DEFAULT_TIMEOUTS);
    const from = performance.now();
    await store.create(session, [{ ...event, json }]);
    slowest = Math.max(slowest, performance.now() - from);
  }
  console.log(
    `  ${((heapUsed() - before) / SESSIONS).toFixed(0)} bytes of heap a session of one ${text.length}-byte start`,
  );
  console.log(`  ${slowest.toFixed(1)} ms for the slowest start, garbage collection included`);
  return store;
}

/** Bytes of the wheel for each session, beyond the session itself. */
function bookkeepingBytes(): unknown {
  interface Item extends Scheduled {
    readonly deadline: number;
  }
  const items = Array.from({ length: SESSIONS }, (_, index): Item => ({ slot: UNSCHEDULED, deadline: T0 + index / 2 }));
  const without = heapUsed();
  const wheel = deadlineWheel<Item>(({ deadline }) => deadline);
  for (const item of items) wheel.schedule(item, T0);
  const place = (heapUsed() - without) / SESSIONS;
  console.log(`  ${(place + 8).toFixed(1)} bytes of expiry bookkeeping a session: its slot and its place in the wheel`);
  return [wheel, items]; // alive until here
}

/**
 * The most CPU time that a sweep takes before it lets anything else run, in milliseconds. Time on this thread's CPU, since
 * other processes may take it away; without garbage collection, which is not the sweep's to decide.
 */
async function sweepSlices(store: ReturnType<typeof memoryStore>): Promise<void> {
  const collections: ReturnType<PerformanceObserverEntryList['getEntries']> = [];
  const observer = new PerformanceObserver((list) => collections.push(...list.getEntries()));
  observer.observe({ entryTypes: ['gc'] });
  const slices: { from: number; to: number; cpu: number }[] = [];
  let from = performance.now();
  let used = process.threadCpuUsage();
  let watching = true;
  const watch = () => {
    const { user, system } = process.threadCpuUsage(used);
    slices.push({ from, to: performance.now(), cpu: (user + system) / 1000 });
    from = performance.now();
    used = process.threadCpuUsage();
    if (watching) setTimeout(watch);
  };
  setTimeout(watch);

  const report = async (title: string) => {
    await turn();
    await turn(); // the observer hears of collections late
    const lengths = slices.map(({ from, to, cpu }) => {
      const within = collections.filter(({ startTime }) => startTime >= from && startTime <= to);
      return within.reduce((left, { duration }) => left - duration, cpu);
    });
    lengths.sort((a, b) => b - a);
    console.log(`  ${lengths[0]?.toFixed(1)} ms of CPU at most at a time (${lengths.length} turns) ${title}`);
    await turn(); // this was a long one of its own
    slices.length = 0;
    collections.length = 0;
  };

  const now = T0 + DEFAULT_TIMEOUTS.idle + SESSIONS;
  await store.claimClosed(now - SESSIONS - 1, 60_000, 1); // a look when nothing is due
  await report('finding nothing');
  for (let claimed = await store.claimClosed(now, 60_000, 50); claimed.length > 0; ) {
    for (const { sid } of claimed) await store.settle(sid);
    claimed = await store.claimClosed(now, 60_000, 50);
    await turn();
  }
  await report('claiming and settling 50 at a time, as a collector does');
  await store.claimClosed(T0 + 10 * 86_400_000, 60_000, 1);
  await report('forgetting all of them');
  watching = false;
  observer.disconnect();
}

/** A turn of the event loop in which timers run. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

console.log(`The memory store with ${SESSIONS.toLocaleString('en')} sessions`);
bookkeepingBytes();
await sweepSlices(await sessionBytes());
