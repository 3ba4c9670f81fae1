import type { BoundedMap } from '../../../src/common/bounded-map.ts';
import type { EventRecord } from '../../../src/session/event-record.ts';
import { type AppendRule, admitProgress, type Progress } from '../../../src/session/lifecycle.ts';
import type { AppendResult } from '../../../src/session/store.ts';
import { toProgress } from '../shared/session-row.ts';
import type { PostgresClient } from './connections.ts';
import type { PostgresSessionRow, Statements } from './statements.ts';

/** Events to append to a session, all or none. */
export interface Append {
  readonly sid: string;
  readonly records: readonly EventRecord[];
  readonly rule: AppendRule;
}

/** A session whose row is locked, as the events of a batch advance it. */
interface LockedSession {
  readonly row: LockedRow;
  progress: Progress;
  eventCount: number;
}

interface LockedRow extends PostgresSessionRow {
  /** Where the row is in its table. */
  readonly ctid: string;
}

/** A new row of the table of events. */
interface EventRow {
  /** The id of its session. */
  readonly id: number;
  readonly place: number;
  readonly receivedAt: number;
  readonly text: string;
}

/**
 * Writes events, in a transaction, which holds the locks of their sessions, and tells what became of each.
 *
 * @param ids The ids of sessions by their sids, as far as they are known.
 * @param isForgotten Tells whether a session is past its retention.
 */
export async function appendBatch(
  sql: Statements,
  client: PostgresClient,
  batch: readonly Append[],
  ids: BoundedMap<number>,
  isForgotten: (row: PostgresSessionRow, now: number) => boolean,
): Promise<AppendResult[]> {
  const sids = [...new Set(batch.map(({ sid }) => sid))];
  const sessions = await lockSessions(sql, client, sids, ids);
  const events: EventRow[] = [];
  const outcomes = batch.map(({ sid, records, rule }): AppendResult => {
    const locked = sessions.get(sid);
    if (locked === undefined || isForgotten(locked.row, records[0]?.receivedAt ?? 0)) return 'unknown';
    if (locked.row.claimed) return 'closed';
    const next = admitProgress(locked.progress, records, rule);
    if (typeof next === 'string') return next;
    locked.progress = next;
    for (const { receivedAt, text } of records) {
      events.push({ id: locked.row.id, place: locked.eventCount, receivedAt, text });
      locked.eventCount += 1;
    }
    return 'accepted';
  });

  if (events.length > 0) {
    const advanced = [...sessions.values()].filter(({ row, eventCount }) => eventCount > row.event_count);
    await client.query(sql.append, [
      advanced.map(({ row }) => row.ctid),
      advanced.map(({ progress }) => progress.deadline),
      advanced.map(({ progress }) => progress.closeReason),
      advanced.map(({ progress }) => progress.lastEventAt),
      advanced.map(({ progress }) => progress.playhead),
      advanced.map(({ progress }) => progress.playheadMovedAt),
      advanced.map(({ progress }) => progress.length),
      advanced.map(({ eventCount }) => eventCount),
      events.map(({ id }) => id),
      events.map(({ place }) => place),
      events.map(({ receivedAt }) => receivedAt),
      events.map(({ text }) => text),
    ]);
  }
  return outcomes;
}

/** Locks the sessions that exist. One that is not where it is remembered to be is looked for by its sid. */
async function lockSessions(
  sql: Statements,
  client: PostgresClient,
  sids: readonly string[],
  ids: BoundedMap<number>,
): Promise<Map<string, LockedSession>> {
  const sessions = new Map<string, LockedSession>();

  async function lock(byId: readonly (number | undefined)[], bySid: readonly string[]): Promise<void> {
    const { rows } = await client.query(sql.lock, [byId, bySid]);
    for (const row of rows as LockedRow[]) {
      // as sql.lock has them
      sessions.set(row.sid, { row, progress: toProgress(row), eventCount: row.event_count });
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
