import { formatClock, formatClockMs } from '../../../src/common/text.ts';
import { fractionOf, type View } from './view.ts';

/** A mark on the axis: its place in the view, 0 to 1, and the time since the session's start. */
export interface AxisMark {
  readonly at: number;
  readonly label: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Distances between two marks that people can read, in milliseconds. */
const STEPS = [
  ...[10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500].map((days) => days * DAY),
];

/** Pixels between two marks, at least. */
const APART = 72;

/** Pixels that a character of a label takes, and all of them at least; a label is left out where the edge is closer. */
const CHARACTER = 6.5;
const LABEL = 36;

/** Marks at round times since `origin`, as many as fit into so many pixels. */
export function axisMarks(view: View, origin: number, pixels: number): AxisMark[] {
  const length = view.to - view.from;
  const least = (length * APART) / Math.max(pixels, APART);
  const step = STEPS.find((candidate) => candidate >= least) ?? Math.ceil(least / DAY) * DAY;
  const first = Math.ceil((view.from - origin) / step);
  const last = Math.floor((view.to - origin) / step);
  const label = step < SECOND ? formatClockMs : formatClock;
  return Array.from({ length: last - first + 1 }, (_, each) => {
    const since = (first + each) * step;
    const at = fractionOf(view, origin + since);
    const text = label(since);
    return { at, label: (1 - at) * pixels < Math.max(LABEL, text.length * CHARACTER) ? '' : text };
  });
}
