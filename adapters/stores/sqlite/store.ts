import { boundedMap } from '../../../src/common/bounded-map.ts';
import { checkOptionNames, requirePositive } from '../../../src/common/option-checks.ts';
import { boundsOf } from '../../../src/session/event-pages.ts';
import { type EventRecord, lengthOf, recordOf } from '../../../src/session/event-record.ts';
import { admitProgress, type Progress } from '../../../src/session/lifecycle.ts';
import { isSessionId, requireSessionId } from '../../../src/session/session-id.ts';
import type { AppendResult, SessionStore } from '../../../src/session/store.ts';
import { readPage } from '../shared/session-page.ts';
import { toProgress, toRow, toSession } from '../shared/session-row.ts';
import { sqliteConnection } from './connection.ts';
import type { SqliteDatabase, SqliteStatement } from './driver.ts';
import { sqliteRetention } from './retention.ts';
import { EVENTS_PER_PAGE, PAGE_LENGTH } from './schema.ts';
import type { SqliteSessionRow, Statements } from './statements.ts';
import { sqliteTransactions } from './transactions.ts';

export type { SqliteDatabase, SqliteStatement };

export interface SqliteStoreOptions {
  /**
   * `'full'`, the default: what is acknowledged survives a loss of power. `'normal'`: it survives the end of
   * the process, however sudden, but a loss of power may take the last of it; commits are faster.
   */
  readonly synchronous?: 'full' | 'normal';
  /** How long a closed session is remembered, in milliseconds: for ever. */
  readonly retention?: number;
}

/** How many sessions that are due but may be open still one call of `claimClosed` checks: about 20 ms. */
const MAX_MOVED = 2000;
/** The most sessions that one call of `claimClosed` forgets, with all their events. */
const MAX_FORGOTTEN = 200;
/** What a row takes to be written beside its text, counted as characters. */
const ROW_SIZE = 64;
/** After how many new sessions old ones are forgotten: twice as many as came, so that they do not pile up. */
const FORGET_EVERY = 10;

/**
 * A store in one file of this machine, for one process or several. Requests of one turn of the event loop share a
 * transaction, and are answered after its COMMIT.
 *
 * @param pathOrDatabase The path of the file, which is made when it is missing; or a `DatabaseSync` of
 * node:sqlite or a better-sqlite3 `Database`, which stays yours to close. Its journal mode becomes WAL, its busy
 * timeout 0, its cache 32 MiB at most, and its `synchronous` what the option says.
 * @throws TypeError when it is neither or an option is wrong or unknown, RangeError when the retention is not above 0.
 * @throws Error when it is a path and this Node has no node:sqlite (before 22.13), or a database that is closed.
 *
 * @example
 * createServer(sessionsMiddleware({ store: sqliteStore('sessions.db') })).listen(8080);
 */
export function sqliteStore(pathOrDatabase: string | SqliteDatabase, options: SqliteStoreOptions = {}): SessionStore {
  checkOptionNames(options, ['synchronous', 'retention'], 'sqliteStore');
  const { synchronous = 'full', retention: retentionMs = Number.POSITIVE_INFINITY } = options;
  checkArguments(pathOrDatabase, synchronous, retentionMs);
  const connection = sqliteConnection(pathOrDatabase, synchronous);
  const transactions = sqliteTransactions(connection);
  const { write, read } = transactions;
  const ids = boundedMap<number>(); // a hint, which is wrong where rows were moved or replaced
  const retention = sqliteRetention(retentionMs);
  let created = 0;

  /** Finds a session by its id where that is known: ids of the day lie side by side, sids all over their index. */
  function find(sql: Statements, sid: string): SqliteSessionRow | undefined {
    const id = ids.get(sid);
    const remembered = id === undefined ? undefined : sql.findById(id);
    if (remembered?.sid === sid) return remembered;
    const row = sql.findBySid(sid);
    if (row) ids.set(sid, row.id);
    return row;
  }

  /** Adds events to those of a session, which becomes what `next` says. */
  function insertEvents(sql: Statements, last: LastEvent, events: readonly EventRecord[], next: Progress): void {
    let { id, last_event: event, event_count: count, length } = last;
    for (const { receivedAt, text, length: added } of events) {
      event = sql.insertEvent(id, event, receivedAt, text);
      count += 1;
      const endsPage = count % EVENTS_PER_PAGE === 0 || pageOf(length) < pageOf(length + added);
      if (endsPage) sql.insertPage(id, count, event);
      length += added;
    }
    sql.advance(id, next, event, count);
  }

  return {
    async create(session, events) {
      const row = toRow(session);
      requireSessionId(row.sid);
      const records = events.map(recordOf);
      const isNew = await write((sql) => {
        const id = sql.insertSession(row);
        if (id === undefined) return false;
        ids.set(row.sid, id);
        insertEvents(sql, { id, last_event: 0, event_count: 0, length: 0 }, records, toProgress(row));
        created += 1;
        if (created % FORGET_EVERY === 0) retention.forget(sql, row.started_at, 2 * FORGET_EVERY);
        return true;
      }, sizeOf(records));
      if (!isNew) throw new Error(`A session has the id ${row.sid} already`);
    },

    async append(sid, events, rule) {
      if (!isSessionId(sid)) return 'unknown';
      const records = events.map(recordOf);
      const now = records[0]?.receivedAt ?? 0;
      return write((sql): AppendResult => {
        const row = find(sql, sid);
        if (row === undefined || retention.isForgotten(sql, row, now)) return 'unknown';
        if (row.claimed === 1) return 'closed';
        const next = admitProgress(toProgress(row), records, rule);
        if (typeof next === 'string') return next;
        insertEvents(sql, row, records, next);
        if (row.due !== null && next.deadline < row.due) sql.moveEarlier(row.id, next.deadline);
        return 'accepted';
      }, sizeOf(records));
    },

    async get(sid) {
      if (!isSessionId(sid)) return undefined;
      const row = await read((sql) => sql.findBySid(sid));
      return row && toSession(row);
    },

    async events(sid, range) {
      if (!isSessionId(sid)) return undefined;
      const { from, to } = boundsOf(range);
      const rows = await read((sql) => {
        const row = sql.findBySid(sid);
        return row && sql.listEvents(row, from, to - from);
      });
      return rows?.map(({ received_at, event }) => ({ event: JSON.parse(event), receivedAt: received_at }));
    },

    async list(query, now) {
      return readPage(query, now, (place, limit) => read((sql) => sql.listBefore(place, query.state, limit)));
    },

    async claimClosed(now, leaseMs, limit) {
      if (limit > 0) retention.noteClaims();
      return write((sql) => {
        retention.forget(sql, now, MAX_FORGOTTEN);
        if (limit === 0) return [];
        sql.moveLater(now, MAX_MOVED);
        const closed = sql.listClosed(now, limit);
        for (const { id } of closed) sql.lease(id, now + leaseMs);
        return closed.map(toSession);
      });
    },

    async settle(sid) {
      if (isSessionId(sid)) await write((sql) => sql.settle(sid));
    },

    async close() {
      await transactions.close();
      connection.close();
    },
  };
}

/** What is known of the events of a session when others are added. */
type LastEvent = Pick<SqliteSessionRow, 'id' | 'last_event' | 'event_count' | 'length'>;

function pageOf(length: number): number {
  return Math.floor(length / PAGE_LENGTH);
}

/** What it takes to hold events that wait to be written, and to write them: characters, roughly. */
function sizeOf(events: readonly EventRecord[]): number {
  return lengthOf(events) + ROW_SIZE * events.length;
}

function checkArguments(pathOrDatabase: string | SqliteDatabase, synchronous: unknown, retention: unknown): void {
  const isDatabase = typeof pathOrDatabase === 'object' && pathOrDatabase !== null && 'prepare' in pathOrDatabase;
  if (!isDatabase && (typeof pathOrDatabase !== 'string' || pathOrDatabase === '')) {
    throw new TypeError('sqliteStore: give it the path of a file, a DatabaseSync or a better-sqlite3 Database');
  }
  if (isDatabase && !givesPlainRows(pathOrDatabase)) {
    throw new TypeError('sqliteStore: the database must give rows as objects and integers as numbers, as by default');
  }
  if (synchronous !== 'full' && synchronous !== 'normal') {
    throw new TypeError("sqliteStore: synchronous must be 'full' or 'normal'");
  }
  requirePositive('sqliteStore', 'retention', retention);
}

/** Tells whether rows come as objects and integers as numbers; drivers have options for other ways. */
function givesPlainRows(database: SqliteDatabase): boolean {
  const row = database.prepare('select 1 as one').get() as { readonly one?: unknown } | undefined;
  return row?.one === 1;
}
