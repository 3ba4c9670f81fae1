import type { DatabaseSync } from 'node:sqlite';

/** What the store needs of a database: a `DatabaseSync` of node:sqlite has it, and a better-sqlite3 `Database`. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): SqliteStatement;
  close(): unknown;
}

/** What the store needs of a prepared statement. */
export interface SqliteStatement {
  get(...values: (string | number | null)[]): unknown;
  all(...values: (string | number | null)[]): unknown[];
  run(...values: (string | number | null)[]): {
    readonly lastInsertRowid: number | bigint;
    readonly changes: number | bigint;
  };
}

/** Looks up the driver that comes with Node, once it is needed: older versions lack it. */
export function nodeDriver(): typeof DatabaseSync {
  const driver = process.getBuiltinModule('node:sqlite');
  if (driver) return driver.DatabaseSync;
  throw new Error(
    `sqliteStore needs node:sqlite, which Node has from 22.13 on, and this is ${process.version}; ` +
      'update Node, or hand sqliteStore a better-sqlite3 database; see docs/stores.md#sqlite',
  );
}

/** Does some work in a transaction that writes: all of it is kept, or nothing. */
export function transact<Outcome>(database: SqliteDatabase, work: () => Outcome): Outcome {
  database.exec('begin immediate');
  try {
    const outcome = work();
    database.exec('commit');
    return outcome;
  } catch (error) {
    rollback(database);
    throw error;
  }
}

function rollback(database: SqliteDatabase): void {
  try {
    database.exec('rollback');
  } catch {
    // SQLite has ended the transaction already, which is what is wanted.
  }
}
