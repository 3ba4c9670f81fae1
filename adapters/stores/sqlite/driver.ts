import type { DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from '../../../src/session/store.ts';

/** What the store needs of a database: a `DatabaseSync` of node:sqlite has it, and a better-sqlite3 `Database`. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): SqliteStatement;
  close(): unknown;
}

interface SqliteStatement {
  get(...values: (string | number | null)[]): unknown;
  all(...values: (string | number | null)[]): unknown[];
  run(...values: (string | number | null)[]): {
    readonly lastInsertRowid: number | bigint;
    readonly changes: number | bigint;
  };
}

/** The driver that comes with Node. It is looked up when it is needed, since older versions lack it. */
export function nodeDriver(): typeof DatabaseSync {
  const driver = process.getBuiltinModule('node:sqlite');
  if (driver) return driver.DatabaseSync;
  throw new Error(
    `sqliteStore needs node:sqlite, which Node has from 22.13 on, and this is ${process.version}; ` +
      'update Node, or hand sqliteStore a better-sqlite3 database',
  );
}

/** The result codes of SQLite that say "not now" rather than "never". (sqlite.org/rescode.html) */
const TEMPORARY: Readonly<Record<number, string>> = {
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  15: 'SQLITE_PROTOCOL',
  26: 'SQLITE_NOTADB',
};

/** The primary result code of a failure by its name, when it is a temporary one. */
export function temporaryCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { errcode, code } = error as { readonly errcode?: unknown; readonly code?: unknown }; // which drivers add
  if (typeof errcode === 'number') return TEMPORARY[errcode & 0xff]; // node:sqlite; the higher bits are details
  return Object.values(TEMPORARY).find((name) => code === name || String(code).startsWith(`${name}_`));
}

/** Tells whether another connection was in the way, so that a moment later the same may succeed. */
export function isBusy(error: unknown): boolean {
  const code = temporaryCode(error);
  return code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED';
}

/** A failure of SQLite as the store rejects with it: `StoreUnavailable` when it may pass. */
export function toStoreError(error: unknown, database: string): unknown {
  const code = temporaryCode(error);
  if (code === undefined) return error;
  const { message } = error as Error; // a code is only found on errors
  return new StoreUnavailable(`SQLite cannot use ${database} now: ${message} (${code})`, { cause: error });
}
