import type { Pool, PoolConfig } from 'pg';
import type { createClient } from 'redis';
import { postgresStore } from '../../../../adapters/stores/postgres/store.ts';
import { redisStore } from '../../../../adapters/stores/redis/store.ts';
import { sqliteStore } from '../../../../adapters/stores/sqlite/store.ts';
import { memoryStore } from '../../../../src/memory-store/memory-store.ts';
import type { SessionStore } from '../../../../src/session/store.ts';
import { CannotRun, reasonOf } from '../../errors.ts';
import { loadDriver } from './driver.ts';
import type { StoreChoice } from './store-choice.ts';

/** A store, and what it takes to let go of it. */
export interface OpenStore {
  readonly store: SessionStore;
  /** What people call it. It holds no password. */
  readonly name: string;
  /** Whether what it keeps outlives this process. */
  readonly lasts: boolean;
  /** Keeps all that is under way, and ends the connections. */
  close(): Promise<void>;
}

/** The option that all stores have. */
export interface Retention {
  readonly retention?: number;
}

/** How long a connection may take, in milliseconds. */
const CONNECT = 2_000;

/** Opens a store of the kind that was chosen. Throws a CannotRun. */
export function openKind(choice: StoreChoice, options: Retention): OpenStore | Promise<OpenStore> {
  switch (choice.kind) {
    case 'memory':
      return openMemory('memory', options);
    case 'sqlite':
      return openSqlite(choice.file, options);
    case 'redis':
      return openRedis(choice.url, options);
    case 'postgres':
      return openPostgres(choice.url, options);
  }
}

export function openMemory(name: string, options: Retention): OpenStore {
  const store = memoryStore(options);
  return { store, name, lasts: false, close: () => store.close() };
}

function openSqlite(file: string, options: Retention): OpenStore {
  if (!hasSqlite()) {
    throw new CannotRun(
      `a store in SQLite needs Node 22.13 or later, and this is ${process.version}; update Node, or choose another --store`,
    );
  }
  const store = sqliteStore(file, options);
  return { store, name: `sqlite:${file}`, lasts: true, close: () => store.close() };
}

async function openRedis(url: string, options: Retention): Promise<OpenStore> {
  const redis = await loadDriver<{ readonly createClient: typeof createClient }>('redis', 'Redis');
  const name = shownUrl(url);
  let connected = false;
  const client = redis.createClient({
    url,
    pingInterval: 1000, // so that a connection is idle only when the server is gone without a word
    socket: {
      connectTimeout: CONNECT,
      socketTimeout: 3000,
      reconnectStrategy: () => (connected ? 500 : false), // at the start one attempt must do; later there is another, soon
    },
  });
  client.on('error', ignore); // it would end the process; the client connects again
  await client.connect().catch((error) => {
    throw new CannotRun(`cannot use the store ${name}: ${reasonOf(error)}`);
  });
  connected = true;
  const store = redisStore(client, options);
  return {
    store,
    name,
    lasts: true,
    async close() {
      await store.close();
      client.destroy();
    },
  };
}

async function openPostgres(url: string, options: Retention): Promise<OpenStore> {
  const pg = await loadDriver<{ readonly Pool: new (config: PoolConfig) => Pool }>('pg', 'PostgreSQL');
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: CONNECT,
    keepAlive: true,
    fallback_application_name: 'media-sessions',
  });
  pool.on('error', ignore); // the loss of an idle connection would end the process; the pool makes another
  const store = postgresStore(pool, options);
  return {
    store,
    name: shownUrl(url),
    lasts: true,
    async close() {
      await store.close();
      await pool.end();
    },
  };
}

/** A URL without what may be a password, in the user's place or in a parameter. */
function shownUrl(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}

/** Tells whether this Node has SQLite, without its warning (Node 22) that this is new, which no user can act on. */
export function hasSqlite(): boolean {
  const warn = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule('node:sqlite') !== undefined;
  } finally {
    process.emitWarning = warn;
  }
}

function ignore(): void {}
