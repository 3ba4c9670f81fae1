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
