import { setTimeout as sleep } from 'node:timers/promises';
import { isStoreUnavailable } from '../../../src/session/store.ts';
import { batches, type Pending } from '../shared/batches.ts';
import { ANSWER_TIMEOUT } from '../shared/limits.ts';
import type { SqliteConnection } from './connection.ts';
import { transact } from './driver.ts';
import { isBusy, toStoreError } from './errors.ts';
import type { Statements } from './statements.ts';

/** The most characters of a batch, unless one operation alone has more: what is written in about 30 ms. */
const MAX_BATCH_SIZE = 1024 * 1024;

/** What a store does with its tables in one go. */
type Operation<Outcome> = (sql: Statements) => Outcome;

/** Runs the operations of a store, and rejects with `StoreUnavailable` where a failure may pass. */
export interface SqliteTransactions {
  /**
   * Resolves once the operation is committed, together with all that were asked for at the same time.
   *
   * @param size What it takes to hold the operation while it waits: characters, roughly.
   */
  write<Outcome>(operation: Operation<Outcome>, size?: number): Promise<Outcome>;
  /** Runs an operation that changes nothing, without waiting for those that do. */
  read<Outcome>(operation: Operation<Outcome>): Promise<Outcome>;
  /** Rejects all writes from now on, and resolves when none waits any more. */
  close(): Promise<void>;
}

type PendingOperation = Pending<Operation<unknown>>;

export function sqliteTransactions(connection: SqliteConnection): SqliteTransactions {
  const writes = batches<Operation<unknown>>(
    (batch) => retryWhileBusy(() => commit(batch)).catch((error: unknown) => rejectBatch(batch, error)),
    { maxBatchSize: MAX_BATCH_SIZE },
  );

  /** Runs all of a batch in one transaction, then tells the callers. */
  function commit(batch: readonly PendingOperation[]): void {
    const { database, sql } = connection.use();
    const outcomes = transact(database, () => batch.map(({ operation }) => operation(sql)));
    for (const [index, { resolve }] of batch.entries()) resolve(outcomes[index]);
  }

  /** Rejects a batch that failed. Where one operation is to blame, it costs the others nothing: each is tried alone. */
  function rejectBatch(batch: readonly PendingOperation[], error: unknown): void {
    const failure = toStoreError(error, connection.name);
    if (isStoreUnavailable(failure) || batch.length === 1) {
      for (const { reject } of batch) reject(failure);
      return;
    }
    for (const pending of batch) {
      try {
        commit([pending]);
      } catch (own) {
        pending.reject(toStoreError(own, connection.name));
      }
    }
  }

  return {
    write<Outcome>(operation: Operation<Outcome>, size = 0) {
      return writes.add(operation, size) as Promise<Outcome>; // a batch resolves an operation with its own outcome
    },

    read(operation) {
      return retryWhileBusy(() => operation(connection.use().sql)).catch((error: unknown) => {
        throw toStoreError(error, connection.name);
      });
    },

    close: writes.close,
  };
}

/** Tries again while another process is in the way, for a while. SQLite's own wait would block the thread. */
async function retryWhileBusy<Outcome>(work: () => Outcome): Promise<Outcome> {
  const end = performance.now() + ANSWER_TIMEOUT;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error;
    }
    await sleep(1 + Math.random() * 4);
  }
}
