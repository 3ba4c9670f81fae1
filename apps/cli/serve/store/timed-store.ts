import type { SessionStore } from '../../../../src/session/store.ts';
import { wrapStore } from '../../../../src/session/wrap-store.ts';

/** Called after each operation of a store, with how long it took. */
export type ObserveOperation = (operation: keyof SessionStore, seconds: number, failed: boolean) => void;

/** The same store, with its operations timed. */
export function timedStore(store: SessionStore, ...observers: readonly ObserveOperation[]): SessionStore {
  return wrapStore(store, async (operation, run) => {
    const startedAt = performance.now();
    let failed = false;
    try {
      return await run();
    } catch (error) {
      failed = !(error instanceof RangeError); // of a cursor that a client made up
      throw error;
    } finally {
      const seconds = (performance.now() - startedAt) / 1000;
      for (const observe of observers) observe(operation, seconds, failed);
    }
  });
}
