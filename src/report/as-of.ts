import type { StoredEvent } from '../session/session.ts';

/** The time that a report of a session so far is as of, in Unix milliseconds: now, or its last event's arrival. */
export function asOfNow(now: number, events: readonly StoredEvent[]): number {
  return Math.max(now, events.at(-1)?.receivedAt ?? 0); // the clock of another process, which took it, may be ahead
}
