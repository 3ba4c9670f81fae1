import { timeSlices } from './event-loop.ts';

/**
 * Long work that can pause: it yields whenever it has gone on for a bounded piece, some thousand steps at most, and
 * returns its result. What it does is the same whoever runs it, at once or in slices.
 */
export type Work<Result> = Generator<undefined, Result, undefined>;

/** How many steps of some work make a piece: a fraction of a millisecond of most. */
export const PIECE = 500;

/** Does work to its end, without a pause. */
export function runAtOnce<Result>(work: Work<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/**
 * Does work and lets other work of the process run in between. Works that share their slices, those of
 * `timeSlices`, together take no more of a turn of the event loop than one alone.
 */
export async function runInSlices<Result>(work: Work<Result>, nextSlice = timeSlices()): Promise<Result> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await nextSlice();
  }
}
