import type { IndexedEvent } from '../../../src/inspector/api.ts';
import { weightOf } from './event-styles.ts';
import { fractionOf, type View } from './view.ts';

/** A drawn event, 0 to 1 in the view, and how many there are so close to it that they are not drawn. */
export interface Tick {
  readonly at: number;
  readonly shown: IndexedEvent;
  readonly count: number;
}

/** Pixels that belong to one tick. */
const APART = 3;

/** The ticks of the events in view; takes them by time. Of those that share a few pixels the weightiest is drawn. */
export function ticksOf(byTime: readonly IndexedEvent[], view: View, pixels: number): Tick[] {
  const columns = Math.max(1, Math.floor(pixels / APART));
  const ticks: Tick[] = [];
  let column = -1;
  for (let place = firstFrom(byTime, view.from); place < byTime.length; place++) {
    const event = byTime[place];
    if (event === undefined || event.event.playerTime.ts > view.to) break;
    const at = fractionOf(view, event.event.playerTime.ts);
    const own = Math.min(columns - 1, Math.floor(at * columns));
    const last = ticks.at(-1);
    if (last && own === column) {
      const heavier = weightOf(event) > weightOf(last.shown);
      ticks[ticks.length - 1] = { ...(heavier ? { at, shown: event } : last), count: last.count + 1 };
    } else {
      ticks.push({ at, shown: event, count: 1 });
      column = own;
    }
  }
  return ticks;
}

/** The event closest to a time; of those at one time the weightiest. */
export function closestTo(byTime: readonly IndexedEvent[], ts: number): IndexedEvent | undefined {
  const place = firstFrom(byTime, ts);
  const [before, after] = [byTime[place - 1], byTime[place]];
  const distance = (event: IndexedEvent) => Math.abs(event.event.playerTime.ts - ts);
  const closest = before && (!after || distance(before) < distance(after)) ? before : after;
  if (closest === undefined) return undefined;
  let best = closest;
  const time = closest.event.playerTime.ts;
  for (let same = firstFrom(byTime, time); byTime[same]?.event.playerTime.ts === time; same++) {
    const event = byTime[same];
    if (event && weightOf(event) > weightOf(best)) best = event;
  }
  return best;
}

/** The place of the first event from a time on. */
function firstFrom(byTime: readonly IndexedEvent[], ts: number): number {
  let low = 0;
  let high = byTime.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((byTime[middle]?.event.playerTime.ts ?? 0) < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}
