import { StoreUnavailable } from '../../../src/session/store.ts';
import type { SqliteDatabase } from './driver.ts';
import { sqliteFile } from './file.ts';
import { migrate } from './schema.ts';
import { type Statements, statements } from './statements.ts';

/** The connection of a store to its database: made on first use, and again when that failed or its file is gone. */
export interface SqliteConnection {
  /** The name of the database in messages. */
  readonly name: string;
  /**
   * Gives the database, with its tables.
   *
   * @throws StoreUnavailable when the file is gone, or the connection is closed; else what SQLite throws.
   */
  use(): ReadyDatabase;
  /** Closes a database that was opened here, not one that was handed in. None is opened any more. */
  close(): void;
}

interface ReadyDatabase {
  readonly database: SqliteDatabase;
  readonly sql: Statements;
}

export function sqliteConnection(
  pathOrDatabase: string | SqliteDatabase,
  synchronous: 'full' | 'normal',
): SqliteConnection {
  const isPath = typeof pathOrDatabase === 'string';
  const name = isPath ? pathOrDatabase : 'its database';
  const file = isPath ? sqliteFile(pathOrDatabase) : { open: () => pathOrDatabase, isGone: () => false };
  let ready: ReadyDatabase | undefined;
  let closed = false;

  function closeOwn(database: SqliteDatabase): void {
    if (isPath) database.close();
  }

  function open(): ReadyDatabase {
    const database: SqliteDatabase = file.open();
    try {
      database.exec('pragma busy_timeout = 0'); // SQLite's own wait would hold up the thread
      database.exec('pragma journal_mode = wal');
      database.exec(`pragma synchronous = ${synchronous}`);
      database.exec('pragma cache_size = -32768'); // KiB: of a million sessions, 2 MiB hold too little of the index
      migrate(database);
      return { database, sql: statements(database) };
    } catch (error) {
      closeOwn(database);
      throw error;
    }
  }

  return {
    name,

    use() {
      if (ready && file.isGone()) {
        closeOwn(ready.database);
        ready = undefined;
        throw new StoreUnavailable(`${name} was removed or replaced; what is there now is opened next`);
      }
      if (closed) throw new StoreUnavailable('The store is closed');
      ready ??= open();
      return ready;
    },

    close() {
      closed = true;
      if (ready) closeOwn(ready.database);
      ready = undefined;
    },
  };
}
