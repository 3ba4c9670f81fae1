/** The most that is counted of a timeout at a time, in milliseconds, however long a pause was. */
const TICK = 100;

/**
 * Calls a function after some milliseconds, unless it is cancelled by the function that this returns. The time is
 * counted in ticks: after a pause of the process or of its machine, timers run before the answers that came meanwhile
 * are read.
 */
export function startTimeout(ms: number, onTimeout: () => void): () => void {
  let left = Math.max(0, ms); // the time may be over already
  let timer = setTimeout(tick, Math.min(TICK, left));
  function tick(): void {
    left -= TICK;
    if (left > 0) timer = setTimeout(tick, Math.min(TICK, left));
    else onTimeout();
  }
  return () => clearTimeout(timer);
}

/**
 * Settles as a promise does, or rejects when that takes longer than some milliseconds, counted in ticks too.
 *
 * @param late What it rejects with then: the message of an error, or what makes one.
 */
export function withTimeout<Outcome>(
  ms: number,
  promise: Promise<Outcome>,
  late: string | (() => Error),
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const cancelTimeout = startTimeout(ms, () => reject(typeof late === 'string' ? new Error(late) : late()));
    promise.then(resolve, reject).finally(cancelTimeout);
  });
}
