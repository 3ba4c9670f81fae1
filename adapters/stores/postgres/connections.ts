import { startTimeout } from '../../../src/common/timeout.ts';
import { StoreUnavailable } from '../../../src/session/store.ts';
import { tooSlow, toStoreError } from './errors.ts';

/** What the store needs of a pool: a `Pool` of pg has it. */
export interface PostgresPool {
  /** Which tells a pool from a connection. */
  readonly totalCount: number;
  readonly options?: { connectionTimeoutMillis?: number | undefined };
  connect(callback: (error: Error | undefined, client: PostgresPoolClient | undefined) => void): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
}

/** What the store needs of a connection that the pool lends. */
export interface PostgresPoolClient extends PostgresClient {
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  release(destroy?: boolean): void;
}

/** Runs statements: a connection, or what stands for one. */
export interface PostgresClient {
  query(sql: string, values?: unknown[]): Promise<{ readonly rows: unknown[] }>;
}

/** A connection in use. Its queries reject as the store does. */
interface Connection extends PostgresClient {
  /** @param isBroken Whether it is to be closed rather than used again. */
  release(isBroken: boolean): void;
}

/** The connections of a pool, with a bound on how long and how often one is waited for. */
export interface Connections {
  /** Rejects with `StoreUnavailable` when there is no connection within some milliseconds. */
  acquire(timeout: number): Promise<Connection>;
  /** Lets go of the pool, which stays open. */
  close(): void;
}

/** How many connections may be waited for in vain before no more are asked for. */
const MAX_ABANDONED = 5;
/** How long a pool that has no limit of its own waits for a connection, in milliseconds. */
const CONNECT_TIMEOUT = 5000;

export function connections(pool: PostgresPool): Connections {
  // A connection that a server never answers would keep its place in the pool for ever, also once the server is back.
  if (pool.options !== undefined) pool.options.connectionTimeoutMillis ||= CONNECT_TIMEOUT;
  let abandoned = 0;
  pool.on('error', ignore); // an idle connection that is lost would end the process; another is made when needed

  return {
    acquire(timeout) {
      if (abandoned >= MAX_ABANDONED) return Promise.reject(new StoreUnavailable('PostgreSQL does not answer'));
      return new Promise((resolve, reject) => {
        let isLate = false;
        const cancelTimeout = startTimeout(timeout, () => {
          isLate = true;
          abandoned += 1;
          reject(tooSlow());
        });
        // By callback: a promise hands a connection on a moment later, and a server that ends it in that moment
        // would end the process.
        pool.connect((error, client) => {
          cancelTimeout();
          if (isLate) abandoned -= 1;
          if (client === undefined) return reject(toStoreError(error));
          if (isLate) return client.release();
          resolve(connection(client));
        });
      });
    },

    close() {
      pool.off('error', ignore);
    },
  };
}

function connection(client: PostgresPoolClient): Connection {
  client.on('error', ignore); // the query under way rejects with it
  return {
    query: (sql, values) =>
      client.query(sql, values).catch((error: unknown) => {
        throw toStoreError(error);
      }),

    release(isBroken) {
      client.off('error', ignore);
      client.release(isBroken);
    },
  };
}

function ignore(): void {}
