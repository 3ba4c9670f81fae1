/** Lets other work of the process run, in the middle of work that may take long. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** How long work may go on before other work gets its turn, in milliseconds. */
const SLICE = 3;

/** Resolves when the next piece of long work may begin. */
export type TimeSlices = () => Promise<void>;

/**
 * Divides long work into time slices. What goes on side by side shares them: a hundred pieces of work that each paused
 * by themselves would all go on in one turn.
 */
export function timeSlices(): TimeSlices {
  let last = Promise.resolve();
  let since = Number.NEGATIVE_INFINITY;

  async function nextSlice(): Promise<void> {
    if (performance.now() < since + SLICE) return;
    await yieldToEventLoop();
    since = performance.now();
  }

  return () => {
    last = last.then(nextSlice);
    return last;
  };
}
