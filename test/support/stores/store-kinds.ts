import { Pool } from 'pg';
import { createClient, createCluster } from 'redis';
import { postgresStore } from '../../../adapters/stores/postgres/store.ts';
import { redisStore } from '../../../adapters/stores/redis/store.ts';
import { sqliteStore } from '../../../adapters/stores/sqlite/store.ts';
import type { SessionStore } from '../../../src/session/store.ts';

/** A store over a real server, and how to let go of its driver. */
export interface OpenedStore {
  readonly store: SessionStore;
  end(): Promise<unknown>;
}

type Open = (location: string) => OpenedStore | Promise<OpenedStore>;

/** How a store of each kind is opened where its data is: in a file, a database, under a prefix of a server. */
const KINDS: Readonly<Record<string, Open>> = {
  sqlite: (file) => ({ store: sqliteStore(file), end: async () => {} }),

  postgres(connectionString) {
    const pool = new Pool({ connectionString, connectionTimeoutMillis: 2000 });
    return { store: postgresStore(pool), end: () => pool.end() };
  },

  async redis(location) {
    const [url = '', prefix = ''] = location.split('#');
    const client = createClient({ url, socket: { reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 500) } });
    const store = redisStore(client, { prefix });
    await client.connect();
    return { store, end: async () => client.destroy() };
  },

  async 'redis-cluster'(location) {
    const [urls = '', prefix = ''] = location.split('#');
    const cluster = createCluster({ rootNodes: urls.split(',').map((url) => ({ url })) });
    const store = redisStore(cluster, { prefix });
    await cluster.connect();
    return { store, end: async () => cluster.destroy() };
  },
};

/** Opens a store by the name of its kind. */
export async function openStore(kind: string, location: string): Promise<OpenedStore> {
  const open = KINDS[kind];
  if (open === undefined) throw new Error(`There is no store of kind ${kind}`);
  return open(location);
}
