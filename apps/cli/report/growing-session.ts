import { advanceSession, DEFAULT_TIMEOUTS, open } from '../../../src/session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../../../src/session/session.ts';
import { BadInput } from '../errors.ts';

/** A session while its events are read from an input. */
export interface GrowingSession {
  session: MediaSession;
  readonly events: StoredEvent[];
}

/** The session that a sessionStart opens. */
export function openedBy(start: StoredEvent, sid: string): GrowingSession {
  return { session: open(sid, start, DEFAULT_TIMEOUTS), events: [start] };
}

/** Adds the event that came next. It was kept once, so the session was open, whatever the deadline says. */
export function grow(growing: GrowingSession, stored: StoredEvent): void {
  growing.session = advanceSession(growing.session, stored, DEFAULT_TIMEOUTS);
  growing.events.push(stored);
}

/**
 * Makes the function that rejects an event of a session that nothing opened. Only of the first of such a session it
 * throws a BadInput: a recording that began late may have thousands.
 */
export function unopenedSessions(): (sid: string, place: string) => void {
  const known = new Set<string>();
  return (sid, place) => {
    if (known.has(sid)) return;
    known.add(sid);
    throw new BadInput(`${place} is for session ${sid}, which no sessionStart before it opened`);
  };
}
