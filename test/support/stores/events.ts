import { allEvents } from '../../../src/session/event-pages.ts';
import { type AppendRule, DEFAULT_TIMEOUTS, open } from '../../../src/session/lifecycle.ts';
import type { StoredEvent } from '../../../src/session/session.ts';
import type { SessionStore } from '../../../src/session/store.ts';
import type { EventOf, MediaEvent } from '../../../src/wire/events.ts';

/** When the sessions of the tests start, in Unix milliseconds. */
export const T0 = 1_768_471_260_000;

/** The rule of the tests: the documented timeouts, and no bound that they reach. */
export const RULE: AppendRule = { timeouts: DEFAULT_TIMEOUTS, maxLength: 2 ** 40 };

export const ping: EventOf<'ping'> = { eventType: 'ping', playerTime: { playhead: 0, ts: T0 } };
export const sessionEnd: EventOf<'sessionEnd'> = { ...ping, eventType: 'sessionEnd' };

export function eventAt(receivedAt: number, event: MediaEvent = ping): StoredEvent {
  return { event, receivedAt };
}

/** Creates a session that starts at a time, with a ping as its first event. */
export async function createAt(store: SessionStore | undefined, sid: string, receivedAt: number): Promise<void> {
  const start = eventAt(receivedAt);
  await store?.create(open(sid, start, DEFAULT_TIMEOUTS), [start]);
}

/** Reads when the events of a session came, in milliseconds after `T0`, in the order they are kept in. */
export async function arrivals(store: SessionStore, sid: string): Promise<number[]> {
  return ((await allEvents(store, sid)) ?? []).map(({ receivedAt }) => receivedAt - T0);
}
