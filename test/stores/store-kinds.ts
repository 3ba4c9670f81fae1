import { Pool } from 'pg';
import { postgresStore } from '../../adapters/stores/postgres.ts';
import { sqliteStore } from '../../adapters/stores/sqlite.ts';
import type { SessionStore } from '../../src/session/store.ts';

/** A store over a real server, and how to let go of its driver. */
export interface OpenedStore {
  readonly store: SessionStore;
  end(): Promise<void>;
}

/** Opens a store by the name of its kind and the place of what it keeps. */
export async function openStore(kind: string, location: string): Promise<OpenedStore> {
  if (kind === 'sqlite') return { store: sqliteStore(location), end: async () => {} };
  if (kind === 'postgres') {
    const pool = new Pool({ connectionString: location, connectionTimeoutMillis: 2000 });
    return { store: postgresStore(pool), end: () => pool.end() };
  }
  throw new Error(`There is no store of kind ${kind}`);
}
