import { setTimeout as sleep } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { withTimeout } from '../../../../src/common/timeout.ts';
import { memoryStore } from '../../../../src/memory-store/memory-store.ts';
import { isStoreUnavailable, type SessionStore } from '../../../../src/session/store.ts';
import { CannotRun } from '../../errors.ts';
import { hasSqlite } from '../../sqlite-support.ts';
import { explainConnectError } from './driver.ts';
import type { OpenedStore, Retention } from './opened-store.ts';
import { openPostgres } from './postgres.ts';
import { openRedis } from './redis.ts';
import { openSqlite } from './sqlite.ts';
import type { StoreChoice } from './store-choice.ts';

/** What is used when nothing is chosen: a file where this Node can. */
const DEFAULT_FILE = 'media-sessions.db';
/** The name of the memory that takes its place where it cannot. */
const NO_SQLITE = 'memory, since this Node has no SQLite (22.13 and later have)';
/** The most bytes of events in memory, and at most a quarter of what this process may use. */
const MAX_MEMORY = 256 * 1024 * 1024;
/** How long a store may take to answer for the first time, in milliseconds: it may be busy with its tables. */
const READY_TIMEOUT = 15_000;
/** How long a store that failed may take to close, in milliseconds. */
const CLOSE_TIMEOUT = 2_000;

/**
 * Opens the store that was chosen, or the default, and waits until it answers. Throws a CannotRun.
 *
 * @param retention How long a closed session is remembered, in milliseconds; undefined: as long as such a store does.
 */
export async function openStore(choice: StoreChoice | undefined, retention: number | undefined): Promise<OpenedStore> {
  const options: Retention = retention === undefined ? {} : { retention };
  const opened = await (choice === undefined ? openDefault(options) : openChosen(choice, options));
  try {
    await untilReady(opened.store);
    return opened;
  } catch (error) {
    await withTimeout(CLOSE_TIMEOUT, opened.close(), 'slow').catch(() => {}); // a connection left open would keep the process alive
    const { cause = error } = error as Error; // what the database itself said, or Node of its connection
    throw new CannotRun(`cannot use the store ${opened.name}: ${explainConnectError(cause)}`);
  }
}

function openDefault(options: Retention): OpenedStore {
  return hasSqlite() ? openSqlite(DEFAULT_FILE, options) : openMemory(NO_SQLITE, options);
}

function openChosen(choice: StoreChoice, options: Retention): OpenedStore | Promise<OpenedStore> {
  switch (choice.type) {
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

function openMemory(name: string, options: Retention): OpenedStore {
  const store = memoryStore({ ...options, maxBytes: Math.min(MAX_MEMORY, getHeapStatistics().heap_size_limit / 4) });
  return { store, name, isPersistent: false, close: () => store.close() };
}

/** Resolves when a store has answered a question. A slow one is asked again; one that fails is not. */
async function untilReady(store: SessionStore): Promise<void> {
  const end = performance.now() + READY_TIMEOUT;
  for (;;) {
    try {
      await store.list({ limit: 1 }, Date.now());
      return;
    } catch (error) {
      const isSlow = isStoreUnavailable(error) && error.cause === undefined;
      if (!isSlow || performance.now() > end) throw error;
    }
    await sleep(200);
  }
}
