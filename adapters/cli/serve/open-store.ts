import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolConfig } from 'pg';
import type { createClient } from 'redis';
import { memoryStore } from '../../../src/session/memory-store.ts';
import { type SessionStore, StoreUnavailable } from '../../../src/session/store.ts';
import { postgresStore } from '../../stores/postgres.ts';
import { redisStore } from '../../stores/redis.ts';
import { sqliteStore } from '../../stores/sqlite.ts';
import { CannotRun } from '../cannot-run.ts';
import { reasonOf } from '../reason.ts';
import { loadDriver } from './driver.ts';
import type { StoreChoice } from './store-choice.ts';
import { within } from './within.ts';

/** A store that answered, and what it takes to let go of it. */
export interface OpenStore {
  readonly store: SessionStore;
  /** What people call it. It holds no password. */
  readonly name: string;
  /** Whether what it keeps outlives this process. */
  readonly lasts: boolean;
  /** Keeps all that is under way, and ends the connections. */
  close(): Promise<void>;
}

/** How long a store may take to answer for the first time, in milliseconds: it may be busy with its tables. */
const FIRST_ANSWER = 15_000;
/** Why it is memory all the same. */
const NO_SQLITE = 'memory, since this Node has no SQLite (22.13 and later have)';
/** How long a connection may take, in milliseconds. */
const CONNECT = 2_000;

/** What is used when nobody says: a file where this Node can. */
const DEFAULT: StoreChoice = { kind: 'sqlite', file: 'media-sessions.db' };

/** Tells whether this Node has SQLite, without its warning (Node 22) that this is new, which no user can act on. */
function hasSqlite(): boolean {
  const warn = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule('node:sqlite') !== undefined;
  } finally {
    process.emitWarning = warn;
  }
}

/**
 * Opens the store that was chosen, or the default, and waits for its first answer. Throws a CannotRun.
 *
 * @param retention How long a closed session is remembered, in milliseconds; undefined: as long as such a store does.
 */
export async function openStore(choice: StoreChoice | undefined, retention: number | undefined): Promise<OpenStore> {
  const options: Retention = retention === undefined ? {} : { retention };
  const isMemory = choice === undefined && !hasSqlite();
  const opened = await (isMemory ? openMemory(NO_SQLITE, options) : open(choice ?? DEFAULT, options));
  try {
    await firstAnswer(opened.store);
    return opened;
  } catch (error) {
    await within(CONNECT, opened.close(), 'slow').catch(ignore); // a connection left open would keep the process alive
    const { cause = error } = error as Error; // what the database itself said, or Node of its connection
    throw new CannotRun(`cannot use the store ${opened.name}: ${reasonOf(cause)}`);
  }
}

/** The option that all stores have. */
interface Retention {
  readonly retention?: number;
}

function open(choice: StoreChoice, options: Retention): OpenStore | Promise<OpenStore> {
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

function openMemory(name: string, options: Retention): OpenStore {
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

/** Waits until a store has answered a question. One that is slow is asked again; one that refuses is not. */
async function firstAnswer(store: SessionStore): Promise<void> {
  const end = performance.now() + FIRST_ANSWER;
  for (;;) {
    try {
      await store.list({ limit: 1 }, Date.now());
      return;
    } catch (error) {
      const isSlow = error instanceof StoreUnavailable && error.cause === undefined;
      if (!isSlow || performance.now() > end) throw error;
    }
    await sleep(200);
  }
}

function ignore(): void {}
