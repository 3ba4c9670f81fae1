import { appendTests } from './appends.ts';
import { claimTests } from './claims.ts';
import { type DeclareTest, declareStoreTest, type MakeStore } from './declare-test.ts';
import { eventOrderTests } from './event-order.ts';
import { lifecycleTests } from './lifecycle.ts';
import { listingTests } from './listing.ts';
import { pagingTests } from './paging.ts';
import { retentionTests } from './retention.ts';
import { RETENTION } from './samples.ts';
import { sessionIdTests } from './session-ids.ts';
import { storedValueTests } from './stored-values.ts';

export type { DeclareTest, MakeStore } from './declare-test.ts';

/**
 * Declares the tests that every session store must pass, whatever it keeps its sessions in.
 *
 * @example
 * describe('my store', () => storeContract(it, ({ retention }) => myStore({ retention })));
 */
export function storeContract(it: DeclareTest, makeStore: MakeStore): void {
  const test = declareStoreTest(it, () => makeStore({ retention: RETENTION }));
  storedValueTests(test);
  sessionIdTests(test);
  lifecycleTests(test);
  appendTests(test);
  eventOrderTests(test);
  pagingTests(test);
  claimTests(test);
  retentionTests(test);
  listingTests(test);
}
