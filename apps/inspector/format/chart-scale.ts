import type { Viewers } from '../../../src/inspector/api.ts';
import { timeOfDay } from './time.ts';

/** A place in a drawing, 0 at its left or bottom and 1 at its right or top, and what stands there. */
interface Mark {
  readonly at: number;
  readonly label: string;
}

/** How many lines the scale has at most, besides the one at 0. */
const MAX_LINES = 4;
const TEN_MINUTES = 600_000;

/** A scale of whole numbers from 0 to `most` or a little above: 0, 2, 4, 6 for 5. `top` is where it ends. */
export function countScale(most: number): { readonly top: number; readonly marks: readonly Mark[] } {
  const least = Math.max(1, most / MAX_LINES);
  const magnitude = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((digit) => digit * magnitude).find((each) => each >= least) ?? least;
  const lines = Math.max(1, Math.ceil(most / step));
  const marks = Array.from({ length: lines + 1 }, (_, each) => ({
    at: each / lines,
    label: (each * step).toLocaleString('en'),
  }));
  return { top: lines * step, marks };
}

/** Every tenth minute on the clock, in the middle of its bar. */
export function timeMarks({ from, step, counts }: Viewers): readonly Mark[] {
  return counts.flatMap((_, at) => {
    const begins = from + at * step;
    return begins % TEN_MINUTES < step ? [{ at: (at + 0.5) / counts.length, label: timeOfDay(begins) }] : [];
  });
}
