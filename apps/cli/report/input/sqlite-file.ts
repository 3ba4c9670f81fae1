import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { nodeDriver } from '../../../../adapters/stores/sqlite/driver.ts';
import { temporaryCode } from '../../../../adapters/stores/sqlite/errors.ts';
import { sqliteStore } from '../../../../adapters/stores/sqlite/store.ts';
import { allEvents } from '../../../../src/session/event-pages.ts';
import { followPages } from '../../../../src/session/session-query.ts';
import type { SessionStore } from '../../../../src/session/store.ts';
import { BadInput } from '../../errors.ts';
import { hasSqlite } from '../../sqlite-support.ts';
import type { Input } from './input.ts';

/** Opens a file of the SQLite store, only to read it. It and the methods of the input throw a BadInput. */
export function openSqliteFile(file: string): Input {
  const database = openDatabase(file);
  const store = sqliteStore(database);
  return {
    faults: [],
    sids: () => withReason(() => sidsOf(store)),
    read: (sid) =>
      withReason(async () => {
        const session = await store.get(sid);
        const events = await allEvents(store, sid);
        return session && events && { session, events };
      }),
    close: () => database.close(),
  };
}

function openDatabase(file: string): DatabaseSync {
  if (!hasSqlite())
    throw new BadInput(`it is a SQLite file, which takes Node 22.13 or later, and this is ${process.version}`);
  const writeAheadLog = `${file}-wal`;
  const hasLog = existsSync(writeAheadLog);
  try {
    const database = hasLog ? open(file) : openImmutable(file);
    const table = database.prepare(`select 1 from sqlite_schema where name = 'media_sessions'`).get();
    if (table !== undefined) return database;
    database.close();
  } catch (error) {
    const { message } = error as Error;
    const isLocked = hasLog && temporaryCode(error) !== undefined;
    throw new BadInput(
      isLocked ? `${message}; with ${writeAheadLog} beside it, it takes one who may write there` : message,
    );
  }
  throw new BadInput('it is a SQLite file without sessions; give it one of sqliteStore');
}

/**
 * Opens a file that nobody has open, since it has no write-ahead log beside it. As an immutable one SQLite reads it
 * without making a log: that takes no right to write, and a log of this user could keep the server from writing.
 */
function openImmutable(file: string): DatabaseSync {
  try {
    return open(`${pathToFileURL(file).href}?immutable=1`);
  } catch {
    return open(file); // Node before 22.15 takes no URL
  }
}

function open(location: string): DatabaseSync {
  return new (nodeDriver())(location, { readOnly: true });
}

async function sidsOf(store: SessionStore): Promise<readonly string[]> {
  const sids: string[] = [];
  for await (const { sessions } of followPages((query) => store.list(query, 0), { limit: 1000 })) {
    for (const { sid } of sessions) sids.push(sid);
  }
  return sids.reverse();
}

/** Runs work on the database. Throws a BadInput with what SQLite says of its failure. */
async function withReason<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw new BadInput(`SQLite says: ${(error as Error).message}`);
  }
}
