import type { IndexedEvent } from '../../../src/inspector/api.ts';
import type { EventType } from '../../../src/wire/event-types.ts';

/** What lists and drawings need of an event. */
export interface LoggedEvent {
  /** Its place in the order of arrival. */
  readonly index: number;
  readonly eventType: EventType;
  /** Unix milliseconds by the client's clock. */
  readonly ts: number;
  /** Seconds; null when unknown. */
  readonly playhead: number | null;
}

/** The events of a session as far as they are loaded: a few numbers of each, for there may be hundreds of thousands. */
export interface EventLog {
  readonly count: number;
  at(index: number): LoggedEvent | undefined;
  typeAt(index: number): EventType;
  tsAt(index: number): number;
  /** The indexes by the client's clock; events of one time as they arrived. */
  readonly byTime: readonly number[];
  /** A log with more events behind these. This one is not to be used any more. */
  with(events: readonly IndexedEvent[]): EventLog;
}

interface Columns {
  readonly types: EventType[];
  readonly times: number[];
  readonly playheads: (number | null)[];
}

export const emptyLog = (): EventLog => logOf({ types: [], times: [], playheads: [] }, []);

function logOf(columns: Columns, byTime: readonly number[]): EventLog {
  const { types, times, playheads } = columns;
  const count = types.length;
  return {
    count,
    byTime,
    typeAt: (index) => types[index] ?? 'ping',
    tsAt: (index) => times[index] ?? Number.NaN,
    at(index) {
      const [eventType, ts, playhead = null] = [types[index], times[index], playheads[index]];
      return eventType === undefined || ts === undefined ? undefined : { index, eventType, ts, playhead };
    },
    with(events) {
      for (const { event } of events) {
        types.push(event.eventType);
        times.push(event.playerTime.ts);
        playheads.push(event.playerTime.playhead);
      }
      const tsAt = (index: number) => times[index] ?? 0;
      const added = events.map((_, at) => count + at).sort((a, b) => tsAt(a) - tsAt(b));
      return logOf(columns, merged(byTime, added, tsAt));
    },
  };
}

/** Two lists in order as one; what is equal comes from the first list first. */
function merged(known: readonly number[], added: readonly number[], tsAt: (index: number) => number): number[] {
  const [last, first] = [known.at(-1), added[0]];
  if (last === undefined || first === undefined || tsAt(last) <= tsAt(first)) return known.concat(added); // as most come
  const all: number[] = [];
  let next = 0;
  for (const index of known) {
    for (let other = added[next]; other !== undefined && tsAt(other) < tsAt(index); other = added[next]) {
      all.push(other);
      next += 1;
    }
    all.push(index);
  }
  for (; next < added.length; next++) all.push(added[next] ?? 0);
  return all;
}
