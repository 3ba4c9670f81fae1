import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Tries something until it succeeds, such as a query to a server that starts, and gives what came of it. Rejects as the
 * last try did once a time in milliseconds is over: that of a busy machine, unless it is given.
 */
export async function eventually<Outcome>(
  attempt: () => Outcome | Promise<Outcome>,
  timeout = 60_000,
): Promise<Outcome> {
  const end = performance.now() + timeout;
  for (;;) {
    try {
      return await attempt();
    } catch (failure) {
      if (performance.now() > end) throw failure;
    }
    await sleep(10);
  }
}
