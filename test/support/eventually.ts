import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves once something works, such as a query to a server that starts; rejects when it does not within 30 s. */
export async function untilItWorks(attempt: () => Promise<unknown>): Promise<void> {
  const end = performance.now() + 30_000;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await sleep(50);
  }
}

/** Tries until it succeeds, and hands on what came of it; rejects as the last try did after a time in milliseconds. */
export async function eventually<Outcome>(
  attempt: () => Outcome | Promise<Outcome>,
  patience = 20_000,
): Promise<Outcome> {
  const end = performance.now() + patience;
  for (;;) {
    try {
      return await attempt();
    } catch (failure) {
      if (performance.now() > end) throw failure;
    }
    await sleep(20);
  }
}
