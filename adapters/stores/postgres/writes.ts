import type { BoundedMap } from '../../../src/common/bounded-map.ts';
import { advanceSession, isOpen, type Timeouts } from '../../../src/session/lifecycle.ts';
import type { MediaSession } from '../../../src/session/session.ts';
import type { AppendResult } from '../../../src/session/store.ts';
import type { PlacedRow } from '../shared/session-page.ts';
import { toRow, toSession } from '../shared/session-row.ts';
import type { PostgresClient } from './connections.ts';
import type { Statements } from './statements.ts';

/** A session as its table has it. */
export interface PostgresSessionRow extends PlacedRow {
  readonly event_count: number;
  readonly due: number | null;
  readonly claimed: boolean;
}

/** An event as JSON text. */
interface EventText {
  readonly receivedAt: number;
  readonly text: string;
}

/** A session to create. The outcome tells whether its sid was free. */
export interface Create {
  readonly session: MediaSession;
  readonly events: readonly EventText[];
}

/** An event to append. */
export interface Append {
  readonly sid: string;
  /** Whose text is left out of `event`, which is what the lifecycle looks at. */
  readonly event: Parameters<typeof advanceSession>[1];
  readonly text: string;
  readonly timeouts: Timeouts;
}

/** Writes new sessions with their first events, in one statement. Gives back which of them are new. */
export async function writeSessions(
  sql: Statements,
  client: PostgresClient,
  batch: readonly Create[],
  ids: BoundedMap<number>,
): Promise<boolean[]> {
  const firstOf = new Map<string, Create>(); // one statement takes a sid once; all others find it taken
  for (const create of batch) if (!firstOf.has(create.session.sid)) firstOf.set(create.session.sid, create);
  const creates = [...firstOf.values()];
  const rows = creates.map(({ session }) => toRow(session));
  const events = creates.flatMap(({ session, events }) =>
    events.map(({ receivedAt, text }, place) => ({ sid: session.sid, place, receivedAt, text })),
  );
  const created = await client.query(sql.create, [
    rows.map((row) => row.sid),
    rows.map((row) => row.started_at),
    rows.map((row) => row.deadline),
    rows.map((row) => row.close_reason),
    rows.map((row) => row.last_event_at),
    rows.map((row) => row.playhead),
    rows.map((row) => row.playhead_moved_at),
    rows.map((row) => row.validation_token),
    creates.map(({ events }) => events.length),
    events.map(({ sid }) => sid),
    events.map(({ place }) => place),
    events.map(({ receivedAt }) => receivedAt),
    events.map(({ text }) => text),
  ]);
  const free = new Set<string>();
  // Rows come untyped; the casts in this file restate the columns of their statements.
  for (const { id, sid } of created.rows as { readonly id: number; readonly sid: string }[]) {
    free.add(sid);
    ids.set(sid, id);
  }
  return batch.map((create) => firstOf.get(create.session.sid) === create && free.has(create.session.sid));
}

/** A session whose row is locked. */
interface LockedRow extends PostgresSessionRow {
  /** Where the row is. */
  readonly ctid: string;
}

/** A session while the events of a batch move it. */
interface Moving {
  readonly row: LockedRow;
  session: MediaSession;
  eventCount: number;
}

/** An event that its session takes. */
interface KeptEvent extends EventText {
  /** Of the session. */
  readonly id: number;
  readonly place: number;
}

/**
 * Writes events, in a transaction, which holds the locks of their sessions. Gives back what became of each.
 *
 * @param isForgotten Tells whether a session is past its retention.
 */
export async function writeEvents(
  sql: Statements,
  client: PostgresClient,
  batch: readonly Append[],
  ids: BoundedMap<number>,
  isForgotten: (row: PostgresSessionRow, now: number) => boolean,
): Promise<AppendResult[]> {
  const sids = [...new Set(batch.map(({ sid }) => sid))];
  const sessions = await lockSessions(sql, client, sids, ids);
  const kept: KeptEvent[] = [];
  const outcomes = batch.map(({ sid, event, text, timeouts }): AppendResult => {
    const moving = sessions.get(sid);
    if (moving === undefined || isForgotten(moving.row, event.receivedAt)) return 'unknown';
    if (moving.row.claimed || !isOpen(moving.session, event.receivedAt)) return 'closed';
    kept.push({ id: moving.row.id, place: moving.eventCount, receivedAt: event.receivedAt, text });
    moving.session = advanceSession(moving.session, event, timeouts);
    moving.eventCount += 1;
    return 'accepted';
  });

  if (kept.length > 0) {
    const moved = [...sessions.values()].filter(({ row, eventCount }) => eventCount > row.event_count);
    const become = moved.map(({ session }) => toRow(session));
    await client.query(sql.append, [
      moved.map(({ row }) => row.ctid),
      become.map((row) => row.deadline),
      become.map((row) => row.close_reason),
      become.map((row) => row.last_event_at),
      become.map((row) => row.playhead),
      become.map((row) => row.playhead_moved_at),
      moved.map(({ eventCount }) => eventCount),
      kept.map(({ id }) => id),
      kept.map(({ place }) => place),
      kept.map(({ receivedAt }) => receivedAt),
      kept.map(({ text }) => text),
    ]);
  }
  return outcomes;
}

/** Locks the sessions that exist. One that is not where it is remembered to be is looked for. */
async function lockSessions(
  sql: Statements,
  client: PostgresClient,
  sids: readonly string[],
  ids: BoundedMap<number>,
): Promise<Map<string, Moving>> {
  const sessions = new Map<string, Moving>();

  async function lock(known: readonly (number | undefined)[], unknown: readonly string[]): Promise<void> {
    const { rows } = await client.query(sql.lock, [known, unknown]);
    for (const row of rows as LockedRow[]) {
      sessions.set(row.sid, { row, session: toSession(row), eventCount: row.event_count });
      ids.set(row.sid, row.id);
    }
  }

  const known = sids.filter((sid) => ids.get(sid) !== undefined);
  await lock(
    known.map(ids.get),
    sids.filter((sid) => ids.get(sid) === undefined),
  );
  const missed = known.filter((sid) => !sessions.has(sid));
  if (missed.length > 0) await lock([], missed);
  return sessions;
}
