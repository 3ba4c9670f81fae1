import type { BoundedMap } from '../../../src/common/bounded-map.ts';
import type { EventRecord } from '../../../src/session/event-record.ts';
import type { SessionRow } from '../shared/session-row.ts';
import type { PostgresClient } from './connections.ts';
import type { Statements } from './statements.ts';

/** A session to create. */
export interface Create {
  readonly row: SessionRow;
  readonly events: readonly EventRecord[];
}

/**
 * Writes new sessions with their first events, in one statement, and tells of each whether its sid was free.
 *
 * @param ids Is given the id of each new session, by its sid.
 */
export async function createBatch(
  sql: Statements,
  client: PostgresClient,
  batch: readonly Create[],
  ids: BoundedMap<number>,
): Promise<boolean[]> {
  const firstOf = new Map<string, Create>(); // one statement takes a sid once; all others find it taken
  for (const create of batch) if (!firstOf.has(create.row.sid)) firstOf.set(create.row.sid, create);
  const creates = [...firstOf.values()];
  const rows = creates.map(({ row }) => row);
  const events = creates.flatMap(({ row, events }) =>
    events.map(({ receivedAt, text }, place) => ({ sid: row.sid, place, receivedAt, text })),
  );
  const created = await client.query(sql.create, [
    rows.map((row) => row.sid),
    rows.map((row) => row.started_at),
    rows.map((row) => row.deadline),
    rows.map((row) => row.close_reason),
    rows.map((row) => row.last_event_at),
    rows.map((row) => row.playhead),
    rows.map((row) => row.playhead_moved_at),
    rows.map((row) => row.length),
    rows.map((row) => row.validation_token),
    rows.map((row) => row.edge),
    creates.map(({ events }) => events.length),
    events.map(({ sid }) => sid),
    events.map(({ place }) => place),
    events.map(({ receivedAt }) => receivedAt),
    events.map(({ text }) => text),
  ]);
  const free = new Set<string>();
  for (const { id, sid } of created.rows as { readonly id: number; readonly sid: string }[]) {
    // as sql.create has them
    free.add(sid);
    ids.set(sid, id);
  }
  return batch.map((create) => firstOf.get(create.row.sid) === create && free.has(create.row.sid));
}
