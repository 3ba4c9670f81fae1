import type { SessionQuery } from '../../src/session/store.ts';
import type { PlacedRow } from './pages.ts';
import type { SessionRow } from './session-row.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** A session as its table has it. */
export interface SqliteSessionRow extends PlacedRow {
  readonly event_count: number;
  readonly due: number | null;
  readonly claimed: 0 | 1;
}

export interface SqliteEventRow {
  readonly received_at: number;
  readonly event: string;
}

/** All that the store asks of its tables, prepared. */
export type Statements = ReturnType<typeof statements>;

export function statements(database: SqliteDatabase) {
  const find = database.prepare('select * from media_sessions where sid = ?');
  const insertSession = database.prepare(`
    insert into media_sessions (sid, started_at, deadline, close_reason, last_event_at, playhead, playhead_moved_at,
      validation_token, event_count, due)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (sid) do nothing returning id`);
  const insertEvent = database.prepare(
    'insert into media_events (session, place, received_at, event) values (?, ?, ?, ?)',
  );
  const advance = database.prepare(`
    update media_sessions set deadline = ?, close_reason = ?, last_event_at = ?, playhead = ?, playhead_moved_at = ?,
      event_count = event_count + 1
    where id = ?`);
  const hasten = database.prepare('update media_sessions set due = ? where id = ?');
  const postpone = database.prepare(`
    update media_sessions set due = deadline
    where id in (select id from media_sessions where due <= ? and deadline > ? limit ?)`);
  const lease = database.prepare('update media_sessions set due = ?, claimed = 1 where id = ?');
  const settle = database.prepare('update media_sessions set due = null, claimed = 1 where sid = ?');
  const closed = database.prepare(`
    select * from media_sessions where due <= ? and deadline <= ? order by due limit ?`);
  const events = database.prepare('select received_at, event from media_events where session = ? order by place');
  const before = database.prepare('select * from media_sessions where id < ? order by id desc limit ?');
  const unclaimedBefore = database.prepare(
    'select * from media_sessions where claimed = 0 and id < ? order by id desc limit ?',
  );
  const anyClaimed = database.prepare('select 1 from media_sessions where claimed = 1 limit 1');
  const settledUntil = database.prepare('select id from media_sessions where due is null and deadline <= ? limit ?');
  const closedUntil = database.prepare('select id from media_sessions where due <= ? and deadline <= ? limit ?');
  const deleteEvents = database.prepare('delete from media_events where session = ?');
  const deleteSession = database.prepare('delete from media_sessions where id = ?');

  // Rows come untyped; each cast below restates the columns of its statement.
  return {
    find: (sid: string) => find.get(sid) as SqliteSessionRow | undefined,

    /** The id of the new session, or undefined when its sid is taken. */
    insertSession(row: SessionRow, eventCount: number): number | undefined {
      const inserted = insertSession.get(
        row.sid,
        row.started_at,
        row.deadline,
        row.close_reason,
        row.last_event_at,
        row.playhead,
        row.playhead_moved_at,
        row.validation_token,
        eventCount,
        row.deadline,
      ) as { readonly id: number } | undefined;
      return inserted?.id;
    },

    insertEvent: (session: number, place: number, receivedAt: number, event: string) =>
      insertEvent.run(session, place, receivedAt, event),

    /** Moves a session on by one event. */
    advance: (id: number, row: SessionRow) =>
      advance.run(row.deadline, row.close_reason, row.last_event_at, row.playhead, row.playhead_moved_at, id),

    /** Has the close of a session looked at earlier. */
    hasten: (id: number, due: number) => hasten.run(due, id),

    /** Has the close of open sessions looked at when it can be due, not now. */
    postpone: (now: number, limit: number) => postpone.run(now, now, limit),

    /** Closed sessions whose close is neither leased nor settled. */
    closed: (now: number, limit: number) => closed.all(now, now, limit) as SqliteSessionRow[],

    lease: (id: number, until: number) => lease.run(until, id),

    settle: (sid: string) => settle.run(sid),

    /** Events of a session in the order of arrival. */
    events: (session: number) => events.all(session) as SqliteEventRow[],

    /** Sessions that came before another, newest first. A claimed one is closed. */
    before: (id: number, state: SessionQuery['state'], limit: number) =>
      (state === 'open' ? unclaimedBefore : before).all(id, limit) as SqliteSessionRow[],

    anyClaimed: () => anyClaimed.get() !== undefined,

    /** Removes sessions that were over at a time, all of them or only the settled. */
    forget(deadline: number, onlySettled: boolean, limit: number): void {
      const closed = onlySettled ? settledUntil.all(deadline, limit) : closedUntil.all(deadline, deadline, limit);
      for (const { id } of closed as { readonly id: number }[]) {
        deleteEvents.run(id);
        deleteSession.run(id);
      }
    },
  };
}
