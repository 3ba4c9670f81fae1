import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SessionStore } from '../../../src/session/store.ts';
import { printSlowest } from '../figures.ts';

/** How many closes are claimed at a time, and for how long, in milliseconds: as a collector does. */
const BATCH = 50;
const LEASE = 60_000;
/** Longer than any closed session is remembered, in milliseconds. */
const FORGOTTEN = 10 * 86_400_000;

/** Has a store hand out all its closes and forget its sessions, and prints how long that holds up others at most. */
export async function sweep(store: SessionStore, allAreClosed: number): Promise<void> {
  const closing = await turnsDuring(async () => {
    for (;;) {
      const claimed = await store.claimClosed(allAreClosed, LEASE, BATCH);
      if (claimed.length === 0) return;
      for (const { sid } of claimed) await store.settle(sid);
      await nextTurn();
    }
  });
  printSlowest('the longest turns while their closes are claimed', closing, '100 ms or less');
  const forgetting = await turnsDuring(() => store.claimClosed(allAreClosed + FORGOTTEN, LEASE, BATCH));
  printSlowest('the longest turns while they are forgotten', forgetting, '100 ms or less');
}

/** How long each turn of the event loop is while some work is under way, in milliseconds. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number[]> {
  const turns: number[] = [];
  let isOver = false;
  const over = work().finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const from = performance.now();
    await nextTurn();
    turns.push(performance.now() - from);
  }
  await over;
  return turns;
}
