import { StoreUnavailable } from '../../../src/session/store.ts';

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

/** Names the primary result code of a failure, when it is a temporary one. */
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

/** Makes of a failure of SQLite what the store rejects with: `StoreUnavailable` when it may pass. */
export function toStoreError(error: unknown, database: string): unknown {
  const code = temporaryCode(error);
  if (code === undefined) return error;
  const { message } = error as Error; // a code is only found on errors
  return new StoreUnavailable(`SQLite cannot use ${database} now: ${message} (${code})`, { cause: error });
}
