import { withTimeout } from '../../../src/common/timeout.ts';
import { ANSWER_TIMEOUT } from '../shared/limits.ts';
import type { Connections, PostgresClient } from './connections.ts';
import { isMissingTable, tooSlow } from './errors.ts';

/** What is done with a connection. */
type Work<Outcome> = (client: PostgresClient) => Promise<Outcome>;

/** Transactions on a database that is prepared before the first of them. */
export interface Transactions {
  /**
   * Does some work in a transaction, and resolves with its outcome after the COMMIT. Rejects with `StoreUnavailable`
   * when the server is away or too slow; what the work wrote may then be kept or not.
   *
   * @param timeout How long all of it may take, in milliseconds.
   */
  run<Outcome>(work: Work<Outcome>, timeout?: number): Promise<Outcome>;
}

/** What a database needs before its first use. */
export interface Preparation {
  isDone(client: PostgresClient): Promise<boolean>;
  perform(client: PostgresClient): Promise<void>;
}

/** How long the preparation may take, in milliseconds: it may build an index. */
const PREPARATION_TIMEOUT = 600_000;
/** How long before its client the server gives up a statement, in milliseconds. */
const SERVER_LEAD = 50;

export function transactions(connections: Connections, preparation: Preparation): Transactions {
  let prepared: Promise<void> | undefined;

  /** Prepares the database on first use, and again when that failed. */
  function prepareOnce(): Promise<void> {
    prepared ??= prepare().catch((error) => {
      prepared = undefined;
      throw error;
    });
    return prepared;
  }

  /** Mostly there is nothing to do, and a server that does not even say so is waited for no longer than any other. */
  async function prepare(): Promise<void> {
    const isDone = await runUntil(performance.now() + ANSWER_TIMEOUT, preparation.isDone);
    if (!isDone) await runUntil(performance.now() + PREPARATION_TIMEOUT, preparation.perform);
  }

  /** @param end By the monotonic clock, in milliseconds. */
  async function runUntil<Outcome>(end: number, work: Work<Outcome>): Promise<Outcome> {
    const connection = await connections.acquire(Math.min(ANSWER_TIMEOUT, end - performance.now()));
    const left = end - performance.now();
    if (left <= SERVER_LEAD) {
      connection.release(false);
      throw tooSlow();
    }
    let isBroken = true; // after a failure a transaction may be open, or an answer still to come
    try {
      const outcome = await withTimeout(left, transact(connection, work, left - SERVER_LEAD), tooSlow);
      isBroken = false;
      return outcome;
    } finally {
      connection.release(isBroken);
    }
  }

  return {
    async run(work, timeout = ANSWER_TIMEOUT) {
      const end = performance.now() + timeout;
      const preparing = prepareOnce();
      await withTimeout(ANSWER_TIMEOUT, preparing, tooSlow);
      try {
        return await runUntil(end, work);
      } catch (error) {
        if (isMissingTable(error) && prepared === preparing) prepared = undefined;
        throw error;
      }
    },
  };
}

/**
 * Does some work in a transaction whose statements the server bounds by itself, in milliseconds: a backend that waits
 * for a lock does not notice that its client is gone, and each of them would take up one more connection. The settings
 * are those of the transaction alone, since the connection may be that of a pooler, which others use next. The
 * isolation is what the statements are made for, whatever the database has as its default.
 */
async function transact<Outcome>(client: PostgresClient, work: Work<Outcome>, timeout: number): Promise<Outcome> {
  const begin = [
    'begin isolation level read committed',
    `set local statement_timeout = ${Math.ceil(timeout)}`,
    'set local idle_in_transaction_session_timeout = 2000', // locks do not outlive a process that stops
  ];
  await client.query(begin.join('; '));
  const outcome = await work(client);
  await client.query('commit');
  return outcome;
}
