import { timeSlices } from '../common/event-loop.ts';
import { checkOptionNames } from '../common/option-checks.ts';
import { reportInSlices } from '../report/in-slices.ts';
import type { SessionReport } from '../report/schema/report-schema.ts';
import { asOfNow } from '../report/sections/closing.ts';
import type { Timeouts } from '../session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../session/session.ts';
import type { SessionPage, SessionQuery, SessionStore } from '../session/store.ts';

/** Reads sessions back. Each method rejects as the store does, with `StoreUnavailable` above all. */
export interface SessionReader {
  /** A session, or undefined when no session has the id. */
  session(sid: string): Promise<MediaSession | undefined>;
  /**
   * A page of the sessions, newest first. Rejects with a RangeError when `limit` is not a whole number from 1 to 1000,
   * `state` is neither of the two, or `cursor` did not come with a page; with a TypeError for a field there is not.
   */
  sessions(query?: SessionQuery): Promise<SessionPage>;
  /** The events of a session in the order of arrival, or undefined when no session has the id. */
  events(sid: string): Promise<readonly StoredEvent[] | undefined>;
  /** What the viewer did so far, or in all once the session is closed; undefined when no session has the id. */
  report(sid: string): Promise<SessionReport | undefined>;
}

export function sessionReader(store: SessionStore, now: () => number, timeouts: Timeouts): SessionReader {
  const slice = timeSlices(); // however many reports are asked for at once
  return {
    session: (sid) => store.get(sid),

    async sessions(query = {}) {
      checkQuery(query);
      return store.list(query, now());
    },

    events: (sid) => store.events(sid),

    async report(sid) {
      const [session, events] = await Promise.all([store.get(sid), store.events(sid)]);
      return session && events && reportInSlices(session, events, { asOf: asOfNow(now(), events), timeouts }, slice);
    },
  };
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
