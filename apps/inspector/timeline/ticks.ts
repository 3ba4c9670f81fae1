import type { EventLog } from '../events/event-log.ts';
import { weightOf } from './event-styles.ts';
import { fractionOf, type View } from './view.ts';

/** A drawn event, 0 to 1 in the view, and how many there are so close to it that they are not drawn. */
export interface Tick {
  readonly at: number;
  readonly index: number;
  readonly count: number;
}

/** Pixels that belong to one tick. */
const APART = 3;

/** The ticks of the events in view. Of those that share a few pixels the weightiest is drawn. */
export function ticksOf(log: EventLog, view: View, pixels: number): Tick[] {
  const columns = Math.max(1, Math.floor(pixels / APART));
  const ticks: { at: number; index: number; count: number }[] = [];
  let column = -1;
  for (let place = firstFrom(log, view.from); place < log.byTime.length; place++) {
    const index = log.byTime[place] ?? 0;
    const ts = log.tsAt(index);
    if (ts > view.to) break;
    const at = fractionOf(view, ts);
    const own = Math.min(columns - 1, Math.floor(at * columns));
    const last = ticks.at(-1);
    if (last && own === column) {
      last.count += 1;
      if (isHeavier(log, index, last.index)) Object.assign(last, { at, index });
    } else {
      ticks.push({ at, index, count: 1 });
      column = own;
    }
  }
  return ticks;
}

/** The index of the event closest to a time; of those at one time the weightiest. */
export function closestTo(log: EventLog, ts: number): number | undefined {
  const place = firstFrom(log, ts);
  const [before, after] = [log.byTime[place - 1], log.byTime[place]];
  const distance = (index: number) => Math.abs(log.tsAt(index) - ts);
  const isBefore = before !== undefined && (after === undefined || distance(before) < distance(after));
  const closest = isBefore ? before : after;
  if (closest === undefined) return undefined;
  const time = log.tsAt(closest);
  let best = closest;
  for (let same = firstFrom(log, time); same < log.byTime.length; same++) {
    const index = log.byTime[same] ?? closest;
    if (log.tsAt(index) !== time) break;
    if (isHeavier(log, index, best)) best = index;
  }
  return best;
}

function isHeavier(log: EventLog, index: number, than: number): boolean {
  return weightOf(log.typeAt(index)) > weightOf(log.typeAt(than));
}

/** The place, by time, of the first event from a time on. */
export function firstFrom({ byTime, tsAt }: EventLog, ts: number): number {
  let low = 0;
  let high = byTime.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tsAt(byTime[middle] ?? 0) < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}
