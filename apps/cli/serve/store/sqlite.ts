import { sqliteStore } from '../../../../adapters/stores/sqlite/store.ts';
import { CannotRun } from '../../errors.ts';
import { hasSqlite } from '../../sqlite-support.ts';
import type { OpenedStore, Retention } from './opened-store.ts';

/** Opens a store in a SQLite file. Throws a CannotRun. */
export function openSqlite(file: string, options: Retention): OpenedStore {
  if (!hasSqlite()) {
    throw new CannotRun(
      `a store in SQLite needs Node 22.13 or later, and this is ${process.version}; update Node, or choose another --store`,
    );
  }
  const store = sqliteStore(file, options);
  return { store, name: `sqlite:${file}`, isPersistent: true, close: () => store.close() };
}
