import { each } from '../../common/list-work.ts';
import { isInOrder } from '../../common/sort-work.ts';
import type { Work } from '../../common/work.ts';
import type { TimedEvent } from '../order/timed-event.ts';
import type { Diagnose } from '../timeline/diagnose.ts';

/** How long the hosted service waits to put events in order, in milliseconds. */
const ORDERING_WINDOW = 5000;

/**
 * Diagnoses the events that arrived after a later one. By when that was: a queue that arrives at once, in any order, is
 * not late.
 */
export function* checkArrival(
  arrived: readonly TimedEvent[],
  counted: readonly TimedEvent[],
  diagnose: Diagnose,
): Work<void> {
  if (yield* isInOrder(arrived, ({ time }) => time)) return;
  const delays = yield* delaysOf(arrived);
  yield* each(counted, (at) => {
    const delay = delays[at.index];
    if (delay === undefined) return;
    if (delay > ORDERING_WINDOW) diagnose('late-event', at, { amount: delay / 1000 });
    else diagnose('out-of-order', at, { amount: delay });
  });
}

/** How long before each event, by its index, the first later one arrived, in milliseconds; none where none did. */
function* delaysOf(arrived: readonly TimedEvent[]): Work<readonly (number | undefined)[]> {
  const delays: (number | undefined)[] = [];
  const latest: TimedEvent[] = []; // each later than all that arrived before it
  yield* each(arrived, (at) => {
    const isLatest = at.time >= (latest.at(-1)?.time ?? Number.NEGATIVE_INFINITY);
    if (isLatest) latest.push(at);
    else delays[at.index] = at.receivedAt - (firstLater(at, latest)?.receivedAt ?? at.receivedAt);
  });
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
