import { Pool } from 'pg';
import { createClient, createCluster } from 'redis';
import { postgresStore } from '../../../adapters/stores/postgres/store.ts';
import { redisStore } from '../../../adapters/stores/redis/store.ts';
import { sqliteStore } from '../../../adapters/stores/sqlite/store.ts';
import type { SessionStore } from '../../../src/session/store.ts';

/** A store over a real server. */
export interface OpenedStore {
  readonly store: SessionStore;
  /** Closes the store and its driver. */
  close(): Promise<void>;
}

type Open = (location: string) => OpenedStore | Promise<OpenedStore>;

/** How a store of each kind is opened where its data is: in a file, a database, under a prefix of a server. */
const KINDS: Readonly<Record<string, Open>> = {
  sqlite: (file) => opened(sqliteStore(file), () => {}),

  postgres(connectionString) {
    const pool = new Pool({ connectionString, connectionTimeoutMillis: 2000 });
    return opened(postgresStore(pool), () => pool.end());
  },

  async redis(location) {
    const [url = '', prefix = ''] = location.split('#');
    const client = createClient({ url, socket: { reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 500) } });
    const store = redisStore(client, { prefix });
    await client.connect();
    return opened(store, () => client.destroy());
  },

  async 'redis-cluster'(location) {
    const [urls = '', prefix = ''] = location.split('#');
    const cluster = createCluster({ rootNodes: urls.split(',').map((url) => ({ url })) });
    const store = redisStore(cluster, { prefix });
    await cluster.connect();
    return opened(store, () => cluster.destroy());
  },
};

function opened(store: SessionStore, closeDriver: () => unknown): OpenedStore {
  return {
    store,
    async close() {
      await store.close();
      await closeDriver();
    },
  };
}

/** Opens a store by the name of its kind. */
export async function openStore(kind: string, location: string): Promise<OpenedStore> {
  const open = KINDS[kind];
  if (open === undefined) throw new Error(`There is no store of kind ${kind}`);
  return open(location);
}
