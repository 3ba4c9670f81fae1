import { isOpen } from '../session/lifecycle.ts';
import type { MediaSession } from '../session/session.ts';

/** How long a session must be quiet, in milliseconds, before its state can tell whether an event came since. */
const QUIET = 2_000;

/**
 * The entity tag of a session as it is now; undefined right after an event, since another may come in the same
 * millisecond, and the tag would be the same.
 */
export function quietTagOf(session: MediaSession, now: number): string | undefined {
  if (now - session.lastEventAt < QUIET) return undefined;
  const { lastEventAt, deadline, playhead } = session;
  return `"${lastEventAt}-${deadline}-${playhead}-${isOpen(session, now) ? 'open' : 'closed'}"`;
}

/** The entity tag of a session that was read at a time, with so many events. */
export function entityTagOf(session: MediaSession, asOf: number, eventCount: number): string {
  return quietTagOf(session, asOf) ?? `"${asOf}-${eventCount}"`;
}
