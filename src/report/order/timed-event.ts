import { PIECE, type Work } from '../../common/work.ts';
import type { StoredEvent } from '../../session/session.ts';
import type { StandardEvent } from '../../wire/events.ts';
import { type Reading, readEvent, type UnexpectedValue } from '../../wire/standard-event.ts';
import { type UnexpectedValues, unexpectedValues } from './unexpected-values.ts';

/** An event of a session that is being read. */
export interface TimedEvent extends Omit<StoredEvent, 'event'> {
  /** Without the values whose type is unexpected: no rule of a report has to look for them. */
  readonly event: StandardEvent;
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

/** How many values are read between two pauses: a ping has four. */
const READ_AT_ONCE = 4 * PIECE;

/** What was received of a session. */
export interface Received {
  /** In the order of arrival, as yet with their `ts` as their time. */
  readonly events: readonly TimedEvent[];
  /** The greatest `ts`. */
  readonly lastEventAt: number;
  /** The first sessionEnd. */
  readonly end: TimedEvent | undefined;
  /** What was left out of them. */
  readonly unexpected: UnexpectedValues<TimedEvent>;
}

/** What was received until a time. The first event always is among it: without its sessionStart there is no session. */
export function* receivedUntil(until: number | undefined, stored: readonly StoredEvent[]): Work<Received> {
  const events: TimedEvent[] = [];
  const unexpected = unexpectedValues<TimedEvent>();
  let lastEventAt = Number.NEGATIVE_INFINITY;
  let end: TimedEvent | undefined;
  let found: (() => UnexpectedValue)[] = [];
  const reading: Reading = { values: 0, unexpected: (describe) => found.push(describe) };
  for (const [index, { event: sent, receivedAt }] of stored.entries()) {
    if (until !== undefined && index > 0 && receivedAt > until) continue;
    const event = readEvent(sent, reading);
    const { ts } = event.playerTime;
    const at = { event, receivedAt, index, time: ts, place: events.length };
    if (ts > lastEventAt) lastEventAt = ts;
    if (event.eventType === 'sessionEnd') end ??= at;
    events.push(at);
    if (found.length > 0) {
      unexpected.add(at, found);
      found = [];
    }
    if (reading.values < READ_AT_ONCE) continue;
    yield;
    reading.values = 0;
  }
  return { events, lastEventAt, end, unexpected };
}
