import { Pool } from 'pg';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type PostgresServer, startPostgres } from '../servers/postgres.ts';

/** A server for the tests of a block, with an empty database. */
export interface PostgresFixture {
  readonly server: PostgresServer;
  readonly url: string;
  /** Makes a pool that is ended after the test. */
  newPool(url?: string): Pool;
}

/** Starts a PostgreSQL server before the tests of a block, and removes it after them. */
export function usePostgres(): PostgresFixture {
  let server: PostgresServer;
  let ownUrl = '';
  const pools: Pool[] = [];
  beforeAll(async () => {
    server = await startPostgres();
    ownUrl = await server.newDatabase();
  });
  afterEach(async () => {
    await Promise.all(pools.splice(0).map((pool) => pool.end()));
  });
  afterAll(() => server.remove());
  return {
    get server() {
      return server;
    },
    get url() {
      return ownUrl;
    },
    newPool(url = ownUrl) {
      const pool = new Pool({ connectionString: url, connectionTimeoutMillis: 2000 });
      pools.push(pool);
      return pool;
    },
  };
}

let schemas = 0;

/** Gives the name of a schema that no other test has. */
export function newSchema(): string {
  return `schema_${++schemas}`;
}
