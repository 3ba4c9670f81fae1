import type { Progress } from '../../../src/session/lifecycle.ts';
import type { SessionQuery } from '../../../src/session/store.ts';
import type { PlacedRow } from '../shared/session-page.ts';
import type { SessionRow } from '../shared/session-row.ts';
import type { SqliteDatabase } from './driver.ts';

/** A session as its table has it. */
export interface SqliteSessionRow extends PlacedRow {
  /** The id of its last event; 0: it has none. */
  readonly last_event: number;
  readonly event_count: number;
  /** When its close is checked, in Unix milliseconds: at its deadline or earlier; null: it is settled. */
  readonly due: number | null;
  readonly claimed: 0 | 1;
}

interface SqliteEventRow {
  readonly received_at: number;
  readonly event: string;
}

/** How many events one call of `deleteForgotten` removes: about 20 ms. */
const MAX_DELETED = 5000;

/** The statements of the store, prepared. */
export type Statements = ReturnType<typeof statements>;

export function statements(database: SqliteDatabase) {
  const findById = database.prepare('select * from media_sessions where id = ?');
  const findBySid = database.prepare('select * from media_sessions where sid = ?');
  const insertSession = database.prepare(`
    insert into media_sessions (sid, started_at, deadline, close_reason, last_event_at, playhead, playhead_moved_at,
      validation_token, edge, last_event, due)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?) on conflict (sid) do nothing returning id`);
  const insertEvent = database.prepare(
    'insert into media_events (session, preceding, received_at, event) values (?, ?, ?, ?)',
  );
  const advance = database.prepare(`
    update media_sessions set deadline = ?, close_reason = ?, last_event_at = ?, playhead = ?, playhead_moved_at = ?,
      length = ?, last_event = ?, event_count = ?
    where id = ?`);
  const insertPage = database.prepare('insert into media_event_pages (session, end, last_event) values (?, ?, ?)');
  const findPage = database.prepare(
    'select end, last_event from media_event_pages where session = ? and end > ? order by end limit 1',
  );
  const moveEarlier = database.prepare('update media_sessions set due = ? where id = ?');
  const moveLater = database.prepare(`
    update media_sessions set due = deadline
    where deadline > ? and id in (select id from media_sessions where due <= ? order by due limit ?)`);
  const lease = database.prepare('update media_sessions set due = ?, claimed = 1 where id = ?');
  const settle = database.prepare('update media_sessions set due = null, claimed = 1 where sid = ?');
  const listClosed = database.prepare(`
    select * from media_sessions where due <= ? and deadline <= ? order by due limit ?`);
  const listEvents = database.prepare(`
    with recursive chain (id, preceding, received_at, event) as (
      select id, preceding, received_at, event from media_events where id = ?
      union all
      select earlier.id, earlier.preceding, earlier.received_at, earlier.event
      from chain join media_events earlier on earlier.id = chain.preceding
      limit ?
    )
    select received_at, event from chain order by id limit ?`);
  const listBefore = database.prepare('select * from media_sessions where id < ? order by id desc limit ?');
  const listUnclaimedBefore = database.prepare(
    'select * from media_sessions where claimed = 0 and id < ? order by id desc limit ?',
  );
  const anyClaimed = database.prepare('select 1 from media_sessions where claimed = 1 limit 1');
  const listSettledBy = database.prepare(
    'select id, last_event from media_sessions where due is null and deadline <= ? limit ?',
  );
  const listClosedBy = database.prepare(
    'select id, last_event from media_sessions where due <= ? and deadline <= ? limit ?',
  );
  const deletePages = database.prepare('delete from media_event_pages where session = ?');
  const deleteSession = database.prepare('delete from media_sessions where id = ?');
  const insertForgotten = database.prepare('insert into media_forgotten (last_event) values (?)');
  const findForgotten = database.prepare('select last_event from media_forgotten limit 1');
  const deleteEvents = database.prepare(`
    with recursive chain (id) as (
      select ? union all select preceding from chain join media_events using (id) where preceding > 0 limit ?
    )
    delete from media_events where id in chain returning preceding`);
  const deleteForgotten = database.prepare('delete from media_forgotten where last_event = ?');

  // Rows come untyped; each cast below restates the columns of its statement.
  return {
    findById: (id: number) => findById.get(id) as SqliteSessionRow | undefined,

    findBySid: (sid: string) => findBySid.get(sid) as SqliteSessionRow | undefined,

    /** Gives the id of the new session, or undefined when its sid is taken. */
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
        row.edge,
        row.deadline,
      ) as { readonly id: number } | undefined;
      return inserted?.id;
    },

    /** Adds an event to those of a session, and gives its id. */
    insertEvent(session: number, preceding: number, receivedAt: number, event: string): number {
      return Number(insertEvent.run(session, preceding, receivedAt, event).lastInsertRowid);
    },

    /** Updates a session to what its last events made of it. */
    advance: (id: number, next: Progress, lastEvent: number, eventCount: number) =>
      advance.run(
        next.deadline,
        next.closeReason,
        next.lastEventAt,
        next.playhead,
        next.playheadMovedAt,
        next.length,
        lastEvent,
        eventCount,
        id,
      ),

    /** Moves the due time of a session, when its close is checked. */
    moveEarlier: (id: number, due: number) => moveEarlier.run(due, id),

    /** Moves the due time of open sessions to their deadline, among a number of those that are due. */
    moveLater: (now: number, limit: number) => moveLater.run(now, now, limit),

    /** Lists closed sessions whose close is neither leased nor settled. */
    listClosed: (now: number, limit: number) => listClosed.all(now, now, limit) as SqliteSessionRow[],

    lease: (id: number, until: number) => lease.run(until, id),

    settle: (sid: string) => settle.run(sid),

    /** Adds a page that ends with an event. */
    insertPage: (session: number, end: number, lastEvent: number) => insertPage.run(session, end, lastEvent),

    /** Lists the events of a session from a place on, in the order of arrival, up to the end of the page it is in. */
    listEvents({ id, event_count, last_event }: SqliteSessionRow, from: number, limit: number): SqliteEventRow[] {
      const page = findPage.get(id, from) as { readonly end: number; readonly last_event: number } | undefined;
      const { end, last_event: last } = page ?? { end: event_count, last_event };
      return end > from ? (listEvents.all(last, end - from, limit) as SqliteEventRow[]) : [];
    },

    /** Lists sessions that came before another, newest first, for `open` without the claimed, which are closed. */
    listBefore: (id: number, state: SessionQuery['state'], limit: number) =>
      (state === 'open' ? listUnclaimedBefore : listBefore).all(id, limit) as SqliteSessionRow[],

    anyClaimed: () => anyClaimed.get() !== undefined,

    /** Removes sessions that were closed by a time, only the settled or all of them. `deleteForgotten` removes their events. */
    forget(closedBy: number, onlySettled: boolean, limit: number): void {
      const closed = onlySettled ? listSettledBy.all(closedBy, limit) : listClosedBy.all(closedBy, closedBy, limit);
      for (const { id, last_event } of closed as { readonly id: number; readonly last_event: number }[]) {
        deletePages.run(id);
        deleteSession.run(id);
        if (last_event > 0) insertForgotten.run(last_event);
      }
    },

    /** Removes events of sessions that are forgotten, as many as fit in a turn. */
    deleteForgotten(): void {
      for (let room = MAX_DELETED; room > 0; ) {
        const forgotten = findForgotten.get() as { readonly last_event: number } | undefined;
        if (forgotten === undefined) return;
        const deleted = deleteEvents.all(forgotten.last_event, room) as { readonly preceding: number }[];
        const before = deleted.reduce((least, { preceding }) => Math.min(least, preceding), forgotten.last_event);
        deleteForgotten.run(forgotten.last_event);
        if (before > 0) insertForgotten.run(before);
        room -= deleted.length;
      }
    },
  };
}
