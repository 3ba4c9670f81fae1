import { setTimeout as sleep } from 'node:timers/promises';

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
