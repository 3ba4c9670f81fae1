import type { Pool, PoolConfig } from 'pg';
import { postgresStore } from '../../../../adapters/stores/postgres/store.ts';
import { CONNECT_TIMEOUT, loadDriver } from './driver.ts';
import type { OpenedStore, Retention } from './opened-store.ts';
import { withoutPassword } from './store-choice.ts';

/** Opens a store in PostgreSQL, which connects when it is used. Throws a CannotRun. */
export async function openPostgres(url: string, options: Retention): Promise<OpenedStore> {
  const pg = await loadDriver<{ readonly Pool: new (config: PoolConfig) => Pool }>('pg', 'PostgreSQL');
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    keepAlive: true,
    fallback_application_name: 'media-sessions',
  });
  pool.on('error', () => {}); // the loss of an idle connection would end the process; the pool makes another
  const store = postgresStore(pool, options);
  return {
    store,
    name: withoutPassword(url),
    isPersistent: true,
    async close() {
      await store.close();
      await pool.end();
    },
  };
}
