import type { SessionStore } from '../../src/session/store.ts';
import { sqliteStore } from '../stores/sqlite.ts';
import { nodeDriver } from '../stores/sqlite-database.ts';
import { BadInput } from './bad-input.ts';
import type { Recorded } from './recorded.ts';

/** The sessions in a file of the SQLite store. The file is only read. It and what it gives throw a BadInput. */
export function openSqliteFile(file: string): Recorded {
  const database = openToRead(file);
  const store = sqliteStore(database);
  return {
    sids: () => telling(() => sidsOf(store)),
    read: (sid) =>
      telling(async () => {
        const session = await store.get(sid);
        const events = await store.events(sid);
        return session && events && { session, events };
      }),
    close: () => database.close(),
  };
}

function openToRead(file: string) {
  try {
    const database = new (nodeDriver())(file, { readOnly: true });
    const known = database.prepare(`select 1 from sqlite_schema where name = 'media_sessions'`).get();
    if (known !== undefined) return database;
    database.close();
  } catch (error) {
    throw new BadInput((error as Error).message); // of a Node without SQLite too
  }
  throw new BadInput('it is a SQLite file without sessions; give it one of sqliteStore');
}

async function sidsOf(store: SessionStore): Promise<readonly string[]> {
  const sids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list({ limit: 1000, ...(cursor !== undefined && { cursor }) }, 0);
    for (const { sid } of page.sessions) sids.push(sid);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return sids.reverse();
}

async function telling<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw new BadInput(`SQLite says: ${(error as Error).message}`);
  }
}
