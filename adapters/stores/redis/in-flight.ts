import type { MaybePromise } from '../../../src/common/maybe-promise.ts';
import { StoreUnavailable } from '../../../src/session/store.ts';

/** The operations of a store that are under way, each as a whole: one may take several scripts. */
export interface InFlight {
  /** Runs an operation to its end, also when the store is closed meanwhile. */
  run<Outcome>(operation: () => MaybePromise<Outcome>): Promise<Outcome>;
  /** Rejects all operations from now on, and resolves when those under way are done. */
  close(): Promise<void>;
}

export function inFlightOperations(): InFlight {
  let count = 0;
  let closed = false;
  const onIdle: (() => void)[] = [];

  return {
    async run(operation) {
      if (closed) throw new StoreUnavailable('The store is closed');
      count += 1;
      try {
        return await operation();
      } finally {
        count -= 1;
        if (count === 0) for (const resolve of onIdle) resolve();
      }
    },

    async close() {
      closed = true;
      if (count > 0) await new Promise<void>((resolve) => onIdle.push(resolve));
    },
  };
}
