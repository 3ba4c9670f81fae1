import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { nodeDriver, type SqliteDatabase } from './driver.ts';

/** A file of SQLite. Once it is removed or replaced, what is written to the database it was opened as is lost. */
export interface SqliteFile {
  open(): SqliteDatabase;
  /** Tells whether the file that was opened last is no longer the one of this path. */
  isGone(): boolean;
}

/** What SQLite takes in place of a path. */
const NO_PATH = /^(:memory:$|file:)/;

/** @throws Error when this Node has no node:sqlite. */
export function sqliteFile(path: string): SqliteFile {
  const Database = nodeDriver();
  const file = NO_PATH.test(path) ? undefined : resolve(path); // whatever becomes the working directory
  let opened: string | undefined;
  return {
    open() {
      const database = new Database(file ?? path);
      opened = file && identityOf(file);
      return database;
    },
    isGone: () => file !== undefined && identityOf(file) !== opened,
  };
}

/** Identifies the file at a path; undefined where there is none, or none to be reached. */
function identityOf(file: string): string | undefined {
  try {
    const { dev, ino } = statSync(file, { bigint: true });
    return `${dev} ${ino}`;
  } catch {
    return undefined;
  }
}
