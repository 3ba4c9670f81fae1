import { isOpen } from './lifecycle.ts';
import type { MediaSession } from './session.ts';
import type { SessionPage, SessionQuery } from './store.ts';

/** Tells whether a session is in the state that a query asks for. */
export function isInState(session: Pick<MediaSession, 'deadline'>, state: SessionQuery['state'], now: number): boolean {
  return state === undefined || isOpen(session, now) === (state === 'open');
}

/**
 * Below which place a page starts, in a store that numbers its sessions as they come and has the numbers as cursors.
 *
 * @param end Above all places. A cursor from there on is foreign too, as after a restart; looking for its place
 * downwards could take hours.
 * @throws RangeError when the cursor is foreign.
 */
export function placeOfCursor(cursor: string | undefined, end: number): number {
  if (cursor === undefined) return end;
  const place = /^\d{1,15}$/.test(cursor) ? Number(cursor) : Number.NaN;
  if (place < end) return place;
  throw foreignCursor();
}

/** What `list` rejects a cursor with that none of its pages had. */
export function foreignCursor(): RangeError {
  return new RangeError('The cursor is not one that a page of sessions came with');
}

/** The pages of a list of sessions, each read when it is asked for, until one has no cursor. */
export async function* followPages(
  list: (query: SessionQuery) => Promise<SessionPage>,
  query: SessionQuery,
): AsyncGenerator<SessionPage> {
  let page = await list(query);
  yield page;
  while (page.cursor !== undefined) {
    page = await list({ ...query, cursor: page.cursor });
    yield page;
  }
}
