import { setTimeout as sleep } from 'node:timers/promises';
import { withTimeout } from '../../../../src/common/timeout.ts';
import { isStoreUnavailable, type SessionStore } from '../../../../src/session/store.ts';
import { CannotRun, reasonOf } from '../../errors.ts';
import type { StoreChoice } from './store-choice.ts';
import { hasSqlite, type OpenStore, openKind, openMemory, type Retention } from './store-kinds.ts';

/** What is used when nobody says: a file where this Node can. */
const DEFAULT: StoreChoice = { kind: 'sqlite', file: 'media-sessions.db' };
/** Why it is memory all the same. */
const NO_SQLITE = 'memory, since this Node has no SQLite (22.13 and later have)';
/** How long a store may take to answer for the first time, in milliseconds: it may be busy with its tables. */
const FIRST_ANSWER = 15_000;
/** How long it may take to let go of a store that failed, in milliseconds. */
const LETTING_GO = 2_000;

/**
 * Opens the store that was chosen, or the default, and waits for its first answer. Throws a CannotRun.
 *
 * @param retention How long a closed session is remembered, in milliseconds; undefined: as long as such a store does.
 */
export async function openStore(choice: StoreChoice | undefined, retention: number | undefined): Promise<OpenStore> {
  const options: Retention = retention === undefined ? {} : { retention };
  const isMemory = choice === undefined && !hasSqlite();
  const opened = await (isMemory ? openMemory(NO_SQLITE, options) : openKind(choice ?? DEFAULT, options));
  try {
    await firstAnswer(opened.store);
    return opened;
  } catch (error) {
    await withTimeout(LETTING_GO, opened.close(), 'slow').catch(() => {}); // a connection left open would keep the process alive
    const { cause = error } = error as Error; // what the database itself said, or Node of its connection
    throw new CannotRun(`cannot use the store ${opened.name}: ${reasonOf(cause)}`);
  }
}

/** Waits until a store has answered a question. One that is slow is asked again; one that refuses is not. */
async function firstAnswer(store: SessionStore): Promise<void> {
  const end = performance.now() + FIRST_ANSWER;
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
