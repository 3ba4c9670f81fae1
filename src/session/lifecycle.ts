import { knownPlayhead } from '../wire/events.ts';
import { type EventRecord, lengthOf, recordOf } from './event-record.ts';
import type { MediaSession, NewEvent, StoredEvent } from './session.ts';

/** When a session closes, in milliseconds. */
export interface Timeouts {
  /** Without any event: 10 minutes (doc: mc-api-timeout). */
  readonly idle: number;
  /** Without playhead movement, whatever events come: 30 minutes (doc: mc-api-timeout), and the grace. */
  readonly stall: number;
  /**
   * After sessionEnd: 5 seconds, since SDKs send the last events of a session at once and in any order. After a stall
   * too: Adobe's JavaScript SDK ends a session itself, up to a second after 30 minutes of pause.
   */
  readonly grace: number;
}

/** By which rule a session takes events. */
export interface AppendRule {
  readonly timeouts: Timeouts;
  /** The `length` from which on a session is full. */
  readonly maxLength: number;
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

/** The part of a session that its events change. */
export type Progress = Pick<
  MediaSession,
  'deadline' | 'closeReason' | 'lastEventAt' | 'playhead' | 'playheadMovedAt' | 'length'
>;

/** Tells whether a session takes events. */
export function isOpen({ deadline }: Pick<MediaSession, 'deadline'>, now: number): boolean {
  return now < deadline;
}

/** The session that a sessionStart opens. */
export function open(sid: string, start: StoredEvent, timeouts: Timeouts, validationToken?: string): MediaSession {
  const { receivedAt, event } = start;
  const { deadline, closeReason } = due(receivedAt, receivedAt, timeouts);
  const session = {
    sid,
    startedAt: receivedAt,
    deadline,
    closeReason,
    lastEventAt: receivedAt,
    playhead: knownPlayhead(event) ?? null,
    playheadMovedAt: receivedAt,
    length: 0,
  };
  return validationToken === undefined ? session : { ...session, validationToken };
}

/** The session that an array of events is: over when it arrives. */
export function downloaded(
  sid: string,
  receivedAt: number,
  events: readonly NewEvent[],
  validationToken?: string,
): MediaSession {
  return {
    sid,
    startedAt: receivedAt,
    deadline: receivedAt,
    closeReason: 'downloaded',
    lastEventAt: receivedAt,
    playhead: null,
    playheadMovedAt: receivedAt,
    length: lengthOf(events.map(recordOf)),
    ...(validationToken !== undefined && { validationToken }),
  };
}

/** What an open session becomes by an event, which the caller has seen that it takes: see `admit`. */
export function advanceSession(session: MediaSession, event: NewEvent, timeouts: Timeouts): MediaSession {
  return { ...session, ...advance(session, recordOf(event), timeouts) };
}

/**
 * The rule of `append`: what a session becomes by events that come together, or why it takes none of them. A store
 * applies it in one atomic step with keeping the events.
 *
 * - A session is closed from its deadline on, and full once its `length` has reached `maxLength`.
 * - Any event gives it until `min(now + idle, playheadMovedAt + stall + grace)`.
 * - sessionEnd gives it the grace, and nothing that comes within the grace gives it more.
 * - sessionComplete and error close nothing.
 */
export function admit(
  session: MediaSession,
  events: readonly EventRecord[],
  rule: AppendRule,
): MediaSession | 'closed' | 'full' {
  const next = admitProgress(session, events, rule);
  return typeof next === 'string' ? next : { ...session, ...next };
}

/** The rule of `admit` for the part of a session that its events change, which is all that a store has to write. */
export function admitProgress(
  session: Progress,
  events: readonly EventRecord[],
  { timeouts, maxLength }: AppendRule,
): Progress | 'closed' | 'full' {
  let next = session;
  for (const event of events) {
    if (!isOpen(session, event.receivedAt)) return 'closed';
    next = advance(next, event, timeouts);
  }
  return session.length < maxLength ? next : 'full';
}

function advance(session: Progress, event: EventRecord, timeouts: Timeouts): Progress {
  const { receivedAt, playhead } = event;
  const moved = playhead === null || playhead !== session.playhead; // an unknown one counts as movement: it is no stall
  const playheadMovedAt = moved ? receivedAt : session.playheadMovedAt;
  const { deadline, closeReason } = afterEvent(session, event, playheadMovedAt, timeouts);
  const length = session.length + event.length;
  return { deadline, closeReason, lastEventAt: receivedAt, playhead, playheadMovedAt, length };
}

/** When a session closes if nothing more comes, and why. */
type Due = Pick<MediaSession, 'deadline' | 'closeReason'>;

function afterEvent(
  session: Progress,
  { receivedAt, endsSession }: EventRecord,
  movedAt: number,
  timeouts: Timeouts,
): Due {
  if (session.closeReason === 'sessionEnd') return session;
  if (endsSession) return { deadline: receivedAt + timeouts.grace, closeReason: 'sessionEnd' };
  return due(receivedAt, movedAt, timeouts);
}

function due(now: number, movedAt: number, { idle, stall, grace }: Timeouts): Due {
  const idleAt = now + idle;
  const stallAt = movedAt + (stall + grace);
  return stallAt < idleAt ? { deadline: stallAt, closeReason: 'stall' } : { deadline: idleAt, closeReason: 'idle' };
}
