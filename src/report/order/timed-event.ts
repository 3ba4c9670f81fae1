import type { StoredEvent } from '../../session/session.ts';

/** An event of a session that is being read. */
export interface TimedEvent extends StoredEvent {
  /** Its place in the order of arrival, from 0. */
  readonly index: number;
  /**
   * When it happened, in Unix milliseconds: its `ts`, moved with the clock of the client where that was set meanwhile.
   * Every rule and duration goes by it; only what a report shows of an event has the `ts` as sent.
   */
  time: number;
}

/** The events received until a time, as yet with their `ts`. The first always is among them: without it is no session. */
export function receivedUntil(until: number | undefined, events: readonly StoredEvent[]): TimedEvent[] {
  const received: TimedEvent[] = [];
  for (const [index, { event, receivedAt }] of events.entries()) {
    if (until !== undefined && index > 0 && receivedAt > until) continue;
    received.push({ event, receivedAt, index, time: event.playerTime.ts });
  }
  return received;
}
