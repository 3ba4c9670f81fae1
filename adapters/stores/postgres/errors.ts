import { isStoreUnavailable, StoreUnavailable } from '../../../src/session/store.ts';

/** The classes of SQLSTATE that say "not now" rather than "never". (postgresql.org/docs/current/errcodes-appendix.html) */
const TEMPORARY: Readonly<Record<string, string>> = {
  '08': 'connection exception',
  '25': 'invalid transaction state: a server that is read-only, as a replica is',
  '28': 'invalid authorization: an operator can mend it',
  '3D': 'invalid catalog name: the database is still to be made',
  '3F': 'invalid schema name: it was dropped, and is made anew by the next call',
  '40': 'transaction rollback: a deadlock or a serialization failure',
  '42P01': 'undefined table: it was dropped, and is made anew by the next call',
  '42501': 'insufficient privilege: an operator can mend it',
  '53': 'insufficient resources: the disk is full, too many connections',
  '55': 'object not in prerequisite state: a lock is taken',
  '57': 'operator intervention: shutdown, crash, timeout',
  '58': 'system error: input or output',
};

/** Makes of a failure of a connection or a query what the store rejects with: `StoreUnavailable` when it may pass. */
export function toStoreError(error: unknown): unknown {
  if (isStoreUnavailable(error) || !(error instanceof Error)) return error;
  const { code, errors: [first] = [] } = error as { code?: string; errors?: Error[] } & Error; // of pg or of Node
  const isSqlState = code !== undefined && 'severity' in error; // EPIPE looks like one
  // What comes without an SQLSTATE is of the connection. A host of two addresses fails with an error for each.
  const isTemporary = !isSqlState || code in TEMPORARY || code.slice(0, 2) in TEMPORARY;
  if (!isTemporary) return error;
  const message = error.message || first?.message || code || error.name;
  return new StoreUnavailable(`PostgreSQL cannot be used now: ${message}`, { cause: error });
}

/** What the store rejects with when an answer takes too long. */
export function tooSlow(): StoreUnavailable {
  return new StoreUnavailable('PostgreSQL is too slow');
}

/** Tells whether the tables are gone, with the schema or the whole database, after they were prepared. */
export function isMissingTable(error: unknown): boolean {
  const { code } = isStoreUnavailable(error) ? ((error.cause as { code?: string } | undefined) ?? {}) : {};
  return code === '42P01' || code === '3F000';
}
