/** Settles as a promise does, unless that takes longer than a time in milliseconds: then it rejects with `late`. */
export async function withTimeout<Outcome>(ms: number, promise: Promise<Outcome>, late: string): Promise<Outcome> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(late)), ms);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** How often patience is counted down, in milliseconds: more is not lost at a time, however long a pause was. */
const TICK = 100;

/**
 * Gives up after some milliseconds, unless the function that it gives is called before. It counts in ticks, since after
 * a pause of the process or of its machine the timers run before the answers that came meanwhile are read.
 */
export function startTimeout(milliseconds: number, giveUp: () => void): () => void {
  let left = Math.max(0, milliseconds); // the time may be over already
  let timer = setTimeout(tick, Math.min(TICK, left));
  function tick(): void {
    left -= TICK;
    if (left > 0) timer = setTimeout(tick, Math.min(TICK, left));
    else giveUp();
  }
  return () => clearTimeout(timer);
}
