import { isInState, placeOfCursor } from '../../../src/session/session-query.ts';
import type { SessionPage, SessionQuery } from '../../../src/session/store.ts';
import { type SessionRow, toSession } from './session-row.ts';

/** A session in the order of arrival: `id` grows. */
export interface PlacedRow extends SessionRow {
  readonly id: number;
}

/** How many sessions are read at a time. */
const CHUNK = 1000;
/** How many sessions one page looks at, so that a rare state costs no more. */
const SCAN = 10_000;

/**
 * Fills a page from the newest session back.
 *
 * @param rowsBefore Reads at most `limit` rows whose id is below `place`, newest first. It may leave out what it
 * knows to be in another state than the one that is asked for.
 */
export async function readPage(
  { state, limit = 100, cursor }: SessionQuery,
  now: number,
  rowsBefore: (place: number, limit: number) => Promise<readonly PlacedRow[]>,
): Promise<SessionPage> {
  let place = placeOfCursor(cursor, Number.MAX_SAFE_INTEGER);
  const sessions = [];
  for (let looked = 0; looked < SCAN; looked += CHUNK) {
    const size = state === undefined ? limit - sessions.length : CHUNK;
    const rows = await rowsBefore(place, size);
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
