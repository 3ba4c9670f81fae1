import type { LaneInterval } from '../../../src/inspector/api.ts';
import { fractionOf, type View } from './view.ts';

/** A drawn piece of a lane: its place in the view, 0 to 1, and its interval, or several that lie too close. */
export interface Box {
  readonly left: number;
  readonly width: number;
  readonly intervals: readonly [LaneInterval, ...LaneInterval[]];
}

/** How many intervals there are, those that came as one included. */
export function countOf(intervals: readonly LaneInterval[]): number {
  return intervals.reduce((sum, { count = 1 }) => sum + count, 0);
}

/** Pixels below which an interval is drawn together with its neighbour. */
const TOO_NARROW = 3;

/** The intervals in view. The pixels bound the number of boxes, however many intervals a lane has. */
export function boxesOf(intervals: readonly LaneInterval[], view: View, pixels: number): Box[] {
  const narrow = TOO_NARROW / Math.max(pixels, 1);
  const boxes: { left: number; width: number; intervals: [LaneInterval, ...LaneInterval[]] }[] = [];
  for (const interval of intervals) {
    const { from, to } = interval;
    const start = fractionOf(view, Math.min(from.ts, to.ts));
    const end = fractionOf(view, Math.max(from.ts, to.ts));
    if (end < 0 || start > 1) continue;
    const left = Math.max(0, start);
    const width = Math.min(1, end) - left;
    const last = boxes.at(-1);
    if (last && width < narrow && last.width < narrow && Math.abs(left - last.left) < narrow) {
      last.width = Math.max(last.width, left + width - last.left);
      last.intervals.push(interval);
    } else {
      boxes.push({ left, width, intervals: [interval] });
    }
  }
  return boxes;
}
