import type { MaybePromise } from '../../../src/common/maybe-promise.ts';
import { StoreUnavailable } from '../../../src/session/store.ts';

/** The operations of a store that are under way, each as a whole. */
export interface Operations {
  /** Has an operation do all of its steps, also when the store is being closed meanwhile. */
  run<Outcome>(operation: () => MaybePromise<Outcome>): Promise<Outcome>;
  /** Rejects all that come from now on, and resolves when those under way are done. */
  close(): Promise<void>;
}

export function operations(): Operations {
  let underWay = 0;
  let closed = false;
  const whenIdle: (() => void)[] = [];

  return {
    async run(operation) {
      if (closed) throw new StoreUnavailable('The store is closed');
      underWay += 1;
      try {
        return await operation();
      } finally {
        underWay -= 1;
        if (underWay === 0) for (const resolve of whenIdle) resolve();
      }
    },

    async close() {
      closed = true;
      if (underWay > 0) await new Promise<void>((resolve) => whenIdle.push(resolve));
    },
  };
}
