import { setTimeout as sleep } from 'node:timers/promises';
import { isStoreUnavailable } from '../../../src/session/store.ts';
import { batches, type Pending } from '../shared/batches.ts';
import { ANSWER_TIMEOUT } from '../shared/limits.ts';
import type { SqliteConnection } from './connection.ts';
import { isBusy, toStoreError } from './driver.ts';
import { rollback } from './schema.ts';
import type { Statements } from './statements.ts';

/** What a store does with its tables at one go. */
type Operation<Outcome> = (sql: Statements) => Outcome;

/** Does the operations of a store, and rejects with `StoreUnavailable` where a failure may pass. */
export interface SqliteTransactions {
  /**
   * Resolves once the operation is committed, together with all that were asked for at the same time.
   *
   * @param size What it takes to hold the operation while it waits: characters, roughly.
   */
  write<Outcome>(operation: Operation<Outcome>, size?: number): Promise<Outcome>;
  /** Does an operation that changes nothing, without waiting for those that do. */
  read<Outcome>(operation: Operation<Outcome>): Promise<Outcome>;
  /** Rejects what is to be written from now on, and resolves when nothing waits any more. */
  close(): Promise<void>;
}

export function sqliteTransactions(connection: SqliteConnection): SqliteTransactions {
  const writes = batches<Operation<unknown>>((batch) =>
    patiently(() => commit(batch)).catch((error: unknown) => rejectBatch(batch, error)),
  );

  /** Does all of a batch in one transaction, then tells the callers. */
  function commit(batch: readonly Pending<Operation<unknown>>[]): void {
    const { database, sql } = connection.use();
    database.exec('begin immediate');
    let outcomes: unknown[];
    try {
      outcomes = batch.map(({ operation }) => operation(sql));
      database.exec('commit');
    } catch (error) {
      rollback(database);
      throw error;
    }
    for (const [index, { resolve }] of batch.entries()) resolve(outcomes[index]);
  }

  /** Rejects a batch that failed. What has one operation to blame costs the others nothing: each is tried alone. */
  function rejectBatch(batch: readonly Pending<Operation<unknown>>[], error: unknown): void {
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
      return patiently(() => operation(connection.use().sql)).catch((error: unknown) => {
        throw toStoreError(error, connection.name);
      });
    },

    close: writes.close,
  };
}

/** Retries what another process is in the way of, for a while. SQLite's own wait would block the thread. */
async function patiently<Outcome>(work: () => Outcome): Promise<Outcome> {
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
