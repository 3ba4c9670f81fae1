import type { SessionQuery } from '../../../src/session/store.ts';
import type { PlacedRow } from '../shared/session-page.ts';
import type { SessionRow } from '../shared/session-row.ts';
import type { SqliteDatabase } from './driver.ts';

/** A session as its table has it. */
interface SqliteSessionRow extends PlacedRow {
  readonly last_event: number;
  readonly due: number | null;
  readonly claimed: 0 | 1;
}

interface SqliteEventRow {
  readonly received_at: number;
  readonly event: string;
}

/** After how many deleted events one call of `forget` takes no further session: about 20 ms. */
const DELETE_AT_ONCE = 5000;

/** All that the store asks of its tables, prepared. */
export type Statements = ReturnType<typeof statements>;

export function statements(database: SqliteDatabase) {
  const at = database.prepare('select * from media_sessions where id = ?');
  const find = database.prepare('select * from media_sessions where sid = ?');
  const insertSession = database.prepare(`
    insert into media_sessions (sid, started_at, deadline, close_reason, last_event_at, playhead, playhead_moved_at,
      validation_token, last_event, due)
    values (?, ?, ?, ?, ?, ?, ?, ?, 0, ?) on conflict (sid) do nothing returning id`);
  const insertEvent = database.prepare(
    'insert into media_events (session, previous, received_at, event) values (?, ?, ?, ?)',
  );
  const advance = database.prepare(`
    update media_sessions set deadline = ?, close_reason = ?, last_event_at = ?, playhead = ?, playhead_moved_at = ?,
      last_event = ?
    where id = ?`);
  const hasten = database.prepare('update media_sessions set due = ? where id = ?');
  const postpone = database.prepare(`
    update media_sessions set due = deadline
    where deadline > ? and id in (select id from media_sessions where due <= ? order by due limit ?)`);
  const lease = database.prepare('update media_sessions set due = ?, claimed = 1 where id = ?');
  const settle = database.prepare('update media_sessions set due = null, claimed = 1 where sid = ?');
  const closed = database.prepare(`
    select * from media_sessions where due <= ? and deadline <= ? order by due limit ?`);
  const events = database.prepare(`
    with recursive chain (id, previous, received_at, event) as (
      select id, previous, received_at, event from media_events where id = ?
      union all
      select earlier.id, earlier.previous, earlier.received_at, earlier.event
      from chain join media_events earlier on earlier.id = chain.previous
    )
    select received_at, event from chain order by id`);
  const before = database.prepare('select * from media_sessions where id < ? order by id desc limit ?');
  const unclaimedBefore = database.prepare(
    'select * from media_sessions where claimed = 0 and id < ? order by id desc limit ?',
  );
  const anyClaimed = database.prepare('select 1 from media_sessions where claimed = 1 limit 1');
  const settledUntil = database.prepare(
    'select id, last_event from media_sessions where due is null and deadline <= ? limit ?',
  );
  const closedUntil = database.prepare(
    'select id, last_event from media_sessions where due <= ? and deadline <= ? limit ?',
  );
  const deleteEvents = database.prepare(`
    with recursive chain (id) as (
      select ? union all select previous from chain join media_events using (id)
    )
    delete from media_events where id in chain`);
  const deleteSession = database.prepare('delete from media_sessions where id = ?');

  // Rows come untyped; each cast below restates the columns of its statement.
  return {
    at: (id: number) => at.get(id) as SqliteSessionRow | undefined,

    find: (sid: string) => find.get(sid) as SqliteSessionRow | undefined,

    /** The id of the new session, or undefined when its sid is taken. */
    insertSession(row: SessionRow): number | undefined {
      const inserted = insertSession.get(
        row.sid,
        row.started_at,
        row.deadline,
        row.close_reason,
        row.last_event_at,
        row.playhead,
        row.playhead_moved_at,
        row.validation_token,
        row.deadline,
      ) as { readonly id: number } | undefined;
      return inserted?.id;
    },

    /** Adds an event to those of a session, and gives its id. */
    insertEvent(session: number, previous: number, receivedAt: number, event: string): number {
      return Number(insertEvent.run(session, previous, receivedAt, event).lastInsertRowid);
    },

    /** Moves a session on to what its last event made of it. */
    advance: (id: number, row: SessionRow, lastEvent: number) =>
      advance.run(
        row.deadline,
        row.close_reason,
        row.last_event_at,
        row.playhead,
        row.playhead_moved_at,
        lastEvent,
        id,
      ),

    /** Has the close of a session looked at earlier. */
    hasten: (id: number, due: number) => hasten.run(due, id),

    /** Of a number of sessions whose close is to be looked at, has the open ones looked at when it can be due. */
    postpone: (now: number, limit: number) => postpone.run(now, now, limit),

    /** Closed sessions whose close is neither leased nor settled. */
    closed: (now: number, limit: number) => closed.all(now, now, limit) as SqliteSessionRow[],

    lease: (id: number, until: number) => lease.run(until, id),

    settle: (sid: string) => settle.run(sid),

    /** The events of a session in the order of arrival. */
    events: (lastEvent: number) => events.all(lastEvent) as SqliteEventRow[],

    /** Sessions that came before another, newest first. A claimed one is closed. */
    before: (id: number, state: SessionQuery['state'], limit: number) =>
      (state === 'open' ? unclaimedBefore : before).all(id, limit) as SqliteSessionRow[],

    anyClaimed: () => anyClaimed.get() !== undefined,

    /** Removes some of the sessions that were over at a time, of all or only of the settled. */
    forget(deadline: number, onlySettled: boolean, limit: number): void {
      const over = onlySettled ? settledUntil.all(deadline, limit) : closedUntil.all(deadline, deadline, limit);
      let deleted = 0;
      for (const { id, last_event } of over as { readonly id: number; readonly last_event: number }[]) {
        deleted += Number(deleteEvents.run(last_event).changes);
        deleteSession.run(id);
        if (deleted >= DELETE_AT_ONCE) return;
      }
    },
  };
}
