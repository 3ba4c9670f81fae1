import { Pool } from 'pg';
import { afterEach, beforeAll, inject } from 'vitest';
import { createDatabase } from '../servers/postgres.ts';

/** A database for the tests of a block, on the server that all files share. */
export interface PostgresFixture {
  readonly url: string;
  /** Makes a pool that is ended after the test. */
  newPool(url?: string): Pool;
}

/** Makes a database before the tests of a block. */
export function usePostgres(): PostgresFixture {
  let ownUrl = '';
  const pools: Pool[] = [];
  beforeAll(async () => {
    ownUrl = await newDatabase();
  });
  afterEach(async () => {
    await Promise.all(pools.splice(0).map((pool) => pool.end()));
  });
  return {
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

/** Makes an empty database on the server that all files share, and gives its URL. */
export function newDatabase(): Promise<string> {
  return createDatabase(inject('postgresUrl'));
}

let schemas = 0;

/** Gives the name of a schema that no other test has. */
export function newSchema(): string {
  return `schema_${++schemas}`;
}
