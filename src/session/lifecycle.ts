import type { MediaEvent } from '../wire/events.ts';
import { knownPlayhead } from '../wire/events.ts';
import type { MediaSession, StoredEvent } from './session.ts';

/** When a session closes, in milliseconds. */
export interface Timeouts {
  /** Without any event: 10 minutes (doc: mc-api-timeout). */
  readonly idle: number;
  /** Without playhead movement, whatever events come: 30 minutes (doc: mc-api-timeout). */
  readonly stall: number;
  /** After sessionEnd: 5 seconds, since SDKs send the last events of a session at once and in any order. */
  readonly grace: number;
}

/** Timeouts of which each may be left out, or undefined, for its default. */
export type SomeTimeouts = { readonly [Name in keyof Timeouts]?: Timeouts[Name] | undefined };

/** The documented timeouts, and the grace that real SDKs need. */
export const DEFAULT_TIMEOUTS: Timeouts = { idle: 600_000, stall: 1_800_000, grace: 5_000 };

/** Timeouts in full: the default for each that is not given, or undefined. */
export function timeoutsOf({
  idle = DEFAULT_TIMEOUTS.idle,
  stall = DEFAULT_TIMEOUTS.stall,
  grace = DEFAULT_TIMEOUTS.grace,
}: SomeTimeouts = {}): Timeouts {
  return { idle, stall, grace };
}

/** Tells whether a session takes events. */
export function isOpen(session: MediaSession, now: number): boolean {
  return now < session.deadline;
}

/** The session that a sessionStart opens. */
export function open(sid: string, start: StoredEvent, timeouts: Timeouts, validationToken?: string): MediaSession {
  const now = start.receivedAt;
  const { deadline, closeReason } = due(now, now, timeouts);
  const session = {
    sid,
    startedAt: now,
    deadline,
    closeReason,
    lastEventAt: now,
    playhead: knownPlayhead(start.event) ?? null,
    playheadMovedAt: now,
  };
  return validationToken === undefined ? session : { ...session, validationToken };
}

/** The session that an array of events is: over when it arrives. */
export function downloaded(sid: string, receivedAt: number, validationToken?: string): MediaSession {
  return {
    sid,
    startedAt: receivedAt,
    deadline: receivedAt,
    closeReason: 'downloaded',
    lastEventAt: receivedAt,
    playhead: null,
    playheadMovedAt: receivedAt,
    ...(validationToken !== undefined && { validationToken }),
  };
}

/**
 * The rule of every deadline: what an open session becomes by an event. A store applies it in one
 * atomic step with keeping the event; the caller has seen that the session is open.
 *
 * - Any event gives the session until `min(now + idle, playheadMovedAt + stall)`.
 * - sessionEnd gives it the grace, and nothing that comes within the grace gives it more.
 * - sessionComplete and error close nothing.
 */
export function advanceSession(
  session: MediaSession,
  { event, receivedAt }: StoredEvent,
  timeouts: Timeouts,
): MediaSession {
  const playhead = knownPlayhead(event) ?? null; // an unknown one counts as movement: such a stream is no stall
  const moved = playhead === null || playhead !== session.playhead;
  const playheadMovedAt = moved ? receivedAt : session.playheadMovedAt;
  const { deadline, closeReason } = afterEvent(session, event, receivedAt, playheadMovedAt, timeouts);
  return { ...session, deadline, closeReason, lastEventAt: receivedAt, playhead, playheadMovedAt };
}

/** When a session closes if nothing more comes, and why. */
type Due = Pick<MediaSession, 'deadline' | 'closeReason'>;

function afterEvent(session: MediaSession, event: MediaEvent, now: number, movedAt: number, timeouts: Timeouts): Due {
  if (session.closeReason === 'sessionEnd') return session;
  if (event.eventType === 'sessionEnd') return { deadline: now + timeouts.grace, closeReason: 'sessionEnd' };
  return due(now, movedAt, timeouts);
}

function due(now: number, movedAt: number, { idle, stall }: Timeouts): Due {
  const idleAt = now + idle;
  const stallAt = movedAt + stall;
  return stallAt < idleAt ? { deadline: stallAt, closeReason: 'stall' } : { deadline: idleAt, closeReason: 'idle' };
}
