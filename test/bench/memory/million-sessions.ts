import { memoryStore } from '../../../src/memory-store/memory-store.ts';
import { DEFAULT_TIMEOUTS, open } from '../../../src/session/lifecycle.ts';
import { newSessionId } from '../../../src/session/session-id.ts';
import { start } from '../bodies.ts';
import { printLine, printSlowest, printTitle } from '../figures.ts';
import { bytesAlive } from './heap.ts';
import { received } from './received.ts';
import { sweep } from './sweep.ts';

const SESSIONS = 1_000_000;

/** What a million sessions take in the memory store, how long a start takes among them, and how long they hold others up. */
export async function benchMillionSessions(): Promise<void> {
  const store = memoryStore({ maxSessions: SESSIONS, maxBytes: Number.MAX_SAFE_INTEGER });
  const durations = new Float64Array(SESSIONS);
  const cpuTimes = new Float64Array(SESSIONS);
  const startedAt = Date.now();
  const before = bytesAlive();
  for (let index = 0; index < SESSIONS; index++) {
    const event = received(start, startedAt + Math.floor(index / 2)); // two thousand a second
    const session = open(newSessionId(), event, DEFAULT_TIMEOUTS);
    const usedBefore = threadCpuTime();
    const from = performance.now();
    await store.create(session, [event]);
    durations[index] = performance.now() - from;
    cpuTimes[index] = threadCpuTime() - usedBefore;
  }
  const bytes = (bytesAlive() - before) / SESSIONS;

  printTitle(`${SESSIONS.toLocaleString('en')} sessions of one start in the memory store`);
  printLine('a session', `${bytes.toFixed(0)} bytes, ${JSON.stringify(start).length} of them its text`);
  printSlowest('the slowest starts', durations, '10 ms or less');
  printSlowest('those that took most CPU time of their thread', cpuTimes, '10 ms or less');
  await sweep(store, startedAt + SESSIONS / 2 + DEFAULT_TIMEOUTS.idle);
}

/**
 * The CPU time of this thread in milliseconds, to a tick of the system, which may be 4 ms. Other programs do not add to
 * it; but the wait for threads that help to collect garbage is not in it either.
 */
function threadCpuTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
