import type { TimedEvent } from '../order/timed-event.ts';
import type { Diagnose } from '../timeline/diagnose.ts';

/** How long the hosted service waits to put events in order, in milliseconds. */
const ORDERING_WINDOW = 5000;

/**
 * Diagnoses the events that arrived after a later one. By when that was: a queue that arrives at once, in any order, is
 * not late.
 */
export function checkArrival(arrived: readonly TimedEvent[], counted: readonly TimedEvent[], diagnose: Diagnose): void {
  const delays = delaysOf(arrived);
  if (delays.size === 0) return;
  for (const at of counted) {
    const delay = delays.get(at);
    if (delay === undefined) continue;
    if (delay > ORDERING_WINDOW) diagnose('late-event', at, { amount: delay / 1000 });
    else diagnose('out-of-order', at, { amount: delay });
  }
}

/** How long before an event the first later one arrived, in milliseconds; of those where one did. */
function delaysOf(arrived: readonly TimedEvent[]): Map<TimedEvent, number> {
  const delays = new Map<TimedEvent, number>();
  const latest: TimedEvent[] = []; // each later than all that arrived before it
  for (const at of arrived) {
    if (at.time >= (latest.at(-1)?.time ?? Number.NEGATIVE_INFINITY)) latest.push(at);
    else delays.set(at, at.receivedAt - (firstLater(at, latest)?.receivedAt ?? at.receivedAt));
  }
  return delays;
}

/** The first of these events that is later than another; they are in order. */
function firstLater({ time }: TimedEvent, events: readonly TimedEvent[]): TimedEvent | undefined {
  let [from, to] = [0, events.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((events[middle]?.time ?? 0) > time) to = middle;
    else from = middle + 1;
  }
  return events[from];
}
