import { isInState, placeOfCursor } from '../../../src/session/session-query.ts';
import type { SessionPage, SessionQuery } from '../../../src/session/store.ts';
import { type SessionRow, toSession } from './session-row.ts';

/** A row with its place in the order of arrival. */
export interface PlacedRow extends SessionRow {
  /** Higher than the ids of all rows before it. */
  readonly id: number;
}

/** How many sessions are read at a time where some may be in another state. */
const CHUNK = 1000;
/** How many sessions one page looks at, so that a rare state costs no more. */
const SCAN = 10_000;

/**
 * Reads a page of sessions, newest first.
 *
 * @param readBefore Reads at most `limit` rows whose id is below `place`, newest first. It may leave out what it
 * knows to be in another state than the one that is asked for.
 */
export async function readPage(
  { state, limit = 100, cursor }: SessionQuery,
  now: number,
  readBefore: (place: number, limit: number) => Promise<readonly PlacedRow[]>,
): Promise<SessionPage> {
  let place = placeOfCursor(cursor, Number.MAX_SAFE_INTEGER);
  const sessions = [];
  for (let scanned = 0; scanned < SCAN; scanned += CHUNK) {
    const size = state === undefined ? limit - sessions.length : CHUNK;
    const rows = await readBefore(place, size);
    for (const row of rows) {
      place = row.id;
      const session = toSession(row);
      if (isInState(session, state, now)) sessions.push(session);
      if (sessions.length === limit) return { sessions, cursor: String(place) };
    }
    if (rows.length < size) return { sessions };
  }
  return { sessions, cursor: String(place) };
}
