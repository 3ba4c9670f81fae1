import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves once an assertion holds; rejects with its failure when it does not within a time in milliseconds. */
export async function eventually(assertion: () => unknown, patience = 20_000): Promise<void> {
  const end = performance.now() + patience;
  for (;;) {
    try {
      await assertion();
      return;
    } catch (failure) {
      if (performance.now() > end) throw failure;
    }
    await sleep(20);
  }
}
