import type { SessionStore } from '../../../../src/session/store.ts';
import { wrapStore } from '../../../../src/session/wrap-store.ts';

/** Told of each operation of a store once it is over. */
export type Observe = (operation: keyof SessionStore, seconds: number, failed: boolean) => void;

/** The same store, with its operations timed. */
export function timedStore(store: SessionStore, ...observers: readonly Observe[]): SessionStore {
  return wrapStore(store, async (operation, run) => {
    const from = performance.now();
    let failed = false;
    try {
      return await run();
    } catch (error) {
      failed = !(error instanceof RangeError); // of a cursor that a client made up
      throw error;
    } finally {
      for (const observe of observers) observe(operation, (performance.now() - from) / 1000, failed);
    }
  });
}
