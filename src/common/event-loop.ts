/** Lets other work of the process run, in the middle of work that may take long. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** How long work may go on before other work gets its turn, in milliseconds. */
const SLICE = 3;

/** Divides long work into time slices: the function that is made resolves when the next piece of work may begin. */
export function timeSlices(): () => Promise<void> {
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
