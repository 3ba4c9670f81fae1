import type { StoredEvent } from '../../session/session.ts';
import type { Diagnose } from '../timeline/diagnose.ts';

/** How long the hosted service waits to put events in order, in milliseconds. */
const ORDERING_WINDOW = 5000;

/** Diagnoses the events that arrived after a later one. `counted` are those that count, in order. */
export function checkArrival(
  arrived: readonly StoredEvent[],
  counted: readonly StoredEvent[],
  diagnose: Diagnose,
): void {
  const delays = delaysOf(arrived);
  if (delays.size === 0) return;
  for (const stored of counted) {
    const delay = delays.get(stored);
    if (delay === undefined) continue;
    if (delay > ORDERING_WINDOW) diagnose('late-event', stored, { amount: delay / 1000 });
    else diagnose('out-of-order', stored, { amount: delay });
  }
}

/** How far the `ts` of an event is below the greatest that arrived before it, in milliseconds; of those where it is. */
function delaysOf(arrived: readonly StoredEvent[]): Map<StoredEvent, number> {
  const delays = new Map<StoredEvent, number>();
  let greatest = Number.NEGATIVE_INFINITY;
  for (const stored of arrived) {
    const { ts } = stored.event.playerTime;
    if (ts < greatest) delays.set(stored, greatest - ts);
    else greatest = ts;
  }
  return delays;
}
