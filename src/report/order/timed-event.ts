import { each } from '../../common/list-work.ts';
import type { Work } from '../../common/work.ts';
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
  /** Its place in the order in which the events happened, from 0; before that is known, the one of its arrival. */
  place: number;
}

/** What was received of a session. */
export interface Received {
  /** In the order of arrival, as yet with their `ts` as their time. */
  readonly events: readonly TimedEvent[];
  /** The greatest `ts`. */
  readonly lastEventAt: number;
  /** The first sessionEnd. */
  readonly end: TimedEvent | undefined;
}

/** What was received until a time. The first event always is among it: without its sessionStart there is no session. */
export function* receivedUntil(until: number | undefined, stored: readonly StoredEvent[]): Work<Received> {
  const events: TimedEvent[] = [];
  let lastEventAt = Number.NEGATIVE_INFINITY;
  let end: TimedEvent | undefined;
  yield* each(stored, ({ event, receivedAt }, index) => {
    if (until !== undefined && index > 0 && receivedAt > until) return;
    const { ts } = event.playerTime;
    const at = { event, receivedAt, index, time: ts, place: events.length };
    if (ts > lastEventAt) lastEventAt = ts;
    if (event.eventType === 'sessionEnd') end ??= at;
    events.push(at);
  });
  return { events, lastEventAt, end };
}
