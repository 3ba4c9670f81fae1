import type { TimeSlices } from '../common/event-loop.ts';
import { checkOptionNames, shown } from '../common/option-checks.ts';
import { reportInSlices } from '../report/in-slices.ts';
import type { SessionReport } from '../report/schema/report-schema.ts';
import { asOfNow } from '../report/sections/closing.ts';
import { allEvents, MAX_PAGE_EVENTS } from '../session/event-pages.ts';
import type { Timeouts } from '../session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../session/session.ts';
import type { EventRange, SessionPage, SessionQuery, SessionStore } from '../session/store.ts';

/** Reads sessions back. Each method rejects as the store does, with `StoreUnavailable` above all; what is no id is a TypeError. */
export interface SessionReader {
  /** A session, or undefined when no session has the id. */
  session(sid: string): Promise<MediaSession | undefined>;
  /**
   * A page of the sessions, newest first. Rejects with a RangeError when `limit` is not a whole number from 1 to 1000,
   * `state` is neither of the two, or `cursor` did not come with a page; with a TypeError for a field there is not.
   */
  sessions(query?: SessionQuery): Promise<SessionPage>;
  /**
   * The events of a session in the order of arrival, or undefined when no session has the id: all of them, or a page,
   * which may be short of its limit and is empty only when no event follows. Rejects with a RangeError when `from` is not
   * a whole number from 0, or `limit` not one from 1 to 1000.
   */
  events(sid: string, page?: EventRange): Promise<readonly StoredEvent[] | undefined>;
  /** What the viewer did so far, or in all once the session is closed; undefined when no session has the id. */
  report(sid: string): Promise<SessionReport | undefined>;
}

export function sessionReader(
  store: SessionStore,
  now: () => number,
  timeouts: Timeouts,
  slice: TimeSlices,
): SessionReader {
  return {
    session: async (sid) => store.get(requireSid('session', sid)),

    async sessions(query = {}) {
      checkQuery(query);
      return store.list(query, now());
    },

    async events(sid, page) {
      requireSid('events', sid);
      if (page === undefined) return allEvents(store, sid, slice);
      checkRange(page);
      return store.events(sid, page);
    },

    async report(sid) {
      requireSid('report', sid);
      const [session, events] = await Promise.all([store.get(sid), allEvents(store, sid, slice)]);
      return session && events && reportInSlices(session, events, { asOf: asOfNow(now(), events), timeouts }, slice);
    },
  };
}

function checkRange(page: EventRange): void {
  checkOptionNames(page, ['from', 'limit'], 'events');
  const { from = 0, limit = MAX_PAGE_EVENTS } = page;
  if (!Number.isSafeInteger(from) || from < 0) throw new RangeError('events: from must be a whole number from 0');
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE_EVENTS) {
    throw new RangeError(`events: limit must be a whole number from 1 to ${MAX_PAGE_EVENTS}`);
  }
}

function requireSid(owner: string, sid: unknown): string {
  if (typeof sid === 'string') return sid;
  throw new TypeError(`${owner}: give it the id of a session, as in ${owner}(session.sid), not ${shown(sid)}`);
}

/** Checks all but the cursor, which the store that made it can tell. */
function checkQuery(query: SessionQuery): void {
  checkOptionNames(query, ['state', 'limit', 'cursor'], 'sessions');
  const { state, limit = 100 } = query;
  if (state !== undefined && state !== 'open' && state !== 'closed') {
    throw new RangeError("sessions: state must be 'open' or 'closed'");
  }
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw new RangeError('sessions: limit must be a whole number from 1 to 1000');
  }
}
