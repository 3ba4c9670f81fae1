import { startTimeout } from '../../../src/common/timeout.ts';
import { StoreUnavailable } from '../../../src/session/store.ts';
import { ANSWER_TIMEOUT } from '../shared/batches.ts';
import { isOfMissingTables, toStoreError } from './errors.ts';

/** What the store needs of a pool: a `Pool` of pg has it. */
export interface PostgresPool {
  /** Which tells a pool from a connection. */
  readonly totalCount: number;
  readonly options?: { connectionTimeoutMillis?: number | undefined };
  connect(callback: (error: Error | undefined, client: PostgresPoolClient | undefined) => void): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
}

interface PostgresPoolClient extends PostgresClient {
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  /** @param destroy Whether the connection is of no further use. */
  release(destroy?: boolean): void;
}

export interface PostgresClient {
  query(sql: string, values?: unknown[]): Promise<{ readonly rows: unknown[] }>;
}

/** Connections of a pool, with a bound on how long one is waited for and used. */
export interface Connections {
  /**
   * Has a connection do some work, in a transaction. Rejects with `StoreUnavailable` when the server is away or too
   * slow; what it was asked to write may then have been written or not.
   *
   * @param patience How long it may take, in milliseconds.
   */
  use<Outcome>(work: (client: PostgresClient) => Promise<Outcome>, patience?: number): Promise<Outcome>;
  close(): void;
}

/** How many connections may be waited for in vain before no more are asked for. */
const MAX_ABANDONED = 5;
/** How long a pool that has no limit of its own waits for a connection, in milliseconds. */
const CONNECT = 5000;
/** How long the preparation may take, in milliseconds: it may build an index. */
const PREPARATION = 600_000;
/** How long before the end of the patience the server gives up a statement, in milliseconds. */
const LEAD = 50;

/** What a database needs before its first use. */
export interface Preparation {
  isDone(client: PostgresClient): Promise<boolean>;
  perform(client: PostgresClient): Promise<void>;
}

export function connections(pool: PostgresPool, { isDone, perform }: Preparation): Connections {
  // A connection that a server never answers would keep its place in the pool for ever, also once the server is back.
  if (pool.options !== undefined) pool.options.connectionTimeoutMillis ||= CONNECT;
  let abandoned = 0;
  let preparation: Promise<void> | undefined;
  pool.on('error', ignore); // an idle connection that is lost would end the process; another is made when needed

  /** A connection of the pool. One that comes too late goes back to it. */
  function connect(patience: number): Promise<PostgresPoolClient> {
    if (abandoned >= MAX_ABANDONED) return Promise.reject(new StoreUnavailable('PostgreSQL does not answer'));
    return new Promise((resolve, reject) => {
      let isLate = false;
      const stopPatience = startTimeout(patience, () => {
        isLate = true;
        abandoned += 1;
        reject(new StoreUnavailable('PostgreSQL is too slow'));
      });
      // By callback: a promise hands a connection on a moment later, and a server that ends it in that moment
      // would end the process.
      pool.connect((error, client) => {
        stopPatience();
        if (isLate) abandoned -= 1;
        if (client === undefined) return reject(toStoreError(error));
        if (isLate) return client.release();
        client.on('error', ignore); // the query under way rejects with it
        resolve(client);
      });
    });
  }

  async function run<Outcome>(work: (client: PostgresClient) => Promise<Outcome>, end: number): Promise<Outcome> {
    const client = await connect(Math.min(ANSWER_TIMEOUT, end - performance.now()));
    const left = end - performance.now();
    let isInUse = false;
    try {
      if (left <= LEAD) throw new StoreUnavailable('PostgreSQL is too slow');
      isInUse = true;
      const query = (sql: string, values?: unknown[]) =>
        client.query(sql, values).catch((error: unknown) => {
          throw toStoreError(error);
        });
      const outcome = await within(left, transaction({ query }, work, left - LEAD));
      isInUse = false;
      return outcome;
    } finally {
      client.off('error', ignore);
      // After a failure a transaction may be open, or an answer still to come: another connection is the way back.
      client.release(isInUse);
    }
  }

  /** Prepares the database on first use, and again when that failed. */
  function prepareOnce(): Promise<void> {
    preparation ??= prepare().catch((error) => {
      preparation = undefined;
      throw error;
    });
    return preparation;
  }

  /** Mostly there is nothing to do, and a server that does not even say so is waited for no longer than any other. */
  async function prepare(): Promise<void> {
    const done = await run(isDone, performance.now() + ANSWER_TIMEOUT);
    if (!done) await run(perform, performance.now() + PREPARATION);
  }

  return {
    async use(work, patience = ANSWER_TIMEOUT) {
      const end = performance.now() + patience;
      const prepared = prepareOnce();
      await within(ANSWER_TIMEOUT, prepared);
      try {
        return await run(work, end);
      } catch (error) {
        if (isOfMissingTables(error) && preparation === prepared) preparation = undefined;
        throw error;
      }
    },
    close() {
      pool.off('error', ignore);
    },
  };
}

/**
 * Does some work in a transaction whose statements the server bounds by itself, in milliseconds: a backend that waits
 * for a lock does not notice that its client is gone, and each of them would take up one more connection. The settings
 * are those of the transaction alone, since the connection may be that of a pooler, which others use next. The
 * isolation is what the statements are made for, whatever the database has as its default.
 */
async function transaction<Outcome>(
  client: PostgresClient,
  work: (client: PostgresClient) => Promise<Outcome>,
  timeout: number,
): Promise<Outcome> {
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

/** Resolves as a promise does, unless that takes longer than a time in milliseconds. */
export function within<Outcome>(patience: number, promise: Promise<Outcome>): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const stopPatience = startTimeout(patience, () => reject(new StoreUnavailable('PostgreSQL is too slow')));
    promise.then(resolve, reject).finally(stopPatience);
  });
}

function ignore(): void {}
