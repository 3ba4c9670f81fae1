/** Lets other work of the process go first, in the middle of work that may be long. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/** How long pieces of work may follow each other before other work gets its turn, in milliseconds. */
const SLICE = 3;

/** Makes a function that resolves when the next piece of long work may begin: one at a time, with pauses between. */
export function timeSlices(): () => Promise<void> {
  let last = Promise.resolve();
  let since = Number.NEGATIVE_INFINITY;

  async function turn(): Promise<void> {
    if (performance.now() < since + SLICE) return;
    await yieldToEventLoop();
    since = performance.now();
  }

  return () => {
    last = last.then(turn);
    return last;
  };
}
