import type { EventRecord } from '../session/event-record.ts';
import type { Progress } from '../session/lifecycle.ts';
import type { MediaSession } from '../session/session.ts';
import { type Scheduled, UNSCHEDULED } from './deadline-wheel.ts';
import { type EventLog, logOf, sizeOfEvents, sizeOfLog } from './event-log.ts';
import { type NewestFirst, newestFirst } from './newest-first.ts';
import { shardedMap } from './sharded-map.ts';

/** A type whose properties may be assigned. */
type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * A session as it is held: one object, which its events change in place. Among hundreds of thousands an append costs
 * mostly the fetching of each object that it looks at, and the moving of each that it makes and keeps.
 */
export interface HeldSession extends Scheduled, Writable<Progress> {
  sid: string;
  readonly startedAt: number;
  validationToken: string | undefined;
  edge: MediaSession['edge'] | undefined;
  log: EventLog;
  /** Its place in the order of arrival. */
  readonly place: number;
  leasedUntil: number;
  settled: boolean;
}

/** The sessions that are held, by their sid and in the order of arrival, and how much that is. */
export interface HeldSessions extends Pick<NewestFirst<HeldSession>, 'before'> {
  readonly count: number;
  /** What a client may make large: the events and tokens, roughly. */
  readonly bytes: number;
  /** The place of the next session. */
  readonly nextPlace: number;
  get(sid: string): HeldSession | undefined;
  add(held: HeldSession): void;
  /** Adds events to a session, which is then where `next` says. */
  addEvents(held: HeldSession, events: readonly EventRecord[], next: Progress): void;
  remove(held: HeldSession): void;
}

const NO_EVENTS: EventLog = [];

/** Makes of a session that is created what is held of it. */
export function holdSession(session: MediaSession, events: readonly EventRecord[], place: number): HeldSession {
  return {
    sid: session.sid,
    startedAt: session.startedAt,
    deadline: session.deadline,
    closeReason: session.closeReason,
    lastEventAt: session.lastEventAt,
    playhead: session.playhead,
    playheadMovedAt: session.playheadMovedAt,
    length: session.length,
    validationToken: session.validationToken,
    edge: session.edge && { ...session.edge },
    log: logOf(events, session.startedAt),
    place,
    slot: UNSCHEDULED,
    leasedUntil: 0,
    settled: false,
  };
}

/** A copy of the session that is held: what a hook does to it changes nothing here. */
export function sessionOf(held: HeldSession): MediaSession {
  const { validationToken, edge } = held;
  return {
    sid: held.sid,
    startedAt: held.startedAt,
    deadline: held.deadline,
    closeReason: held.closeReason,
    lastEventAt: held.lastEventAt,
    playhead: held.playhead,
    playheadMovedAt: held.playheadMovedAt,
    length: held.length,
    ...(validationToken !== undefined && { validationToken }),
    ...(edge !== undefined && { edge: { ...edge } }),
  };
}

/** Tells how many bytes a session counts for. */
export function sizeOf({ validationToken, edge, log }: HeldSession): number {
  return (validationToken?.length ?? 0) + (edge?.datastream.length ?? 0) + sizeOfLog(log);
}

export function heldSessions(): HeldSessions {
  const bySid = shardedMap<HeldSession>();
  const history = newestFirst<HeldSession>();
  let bytes = 0;

  return {
    get count() {
      return bySid.size;
    },

    get bytes() {
      return bytes;
    },

    get nextPlace() {
      return history.next;
    },

    get: bySid.get,
    before: history.before,

    add(held) {
      history.add(held);
      bySid.set(held.sid, held);
      bytes += sizeOf(held);
    },

    addEvents(held, events, next) {
      for (const { receivedAt, text } of events) held.log.push(receivedAt - held.startedAt, text);
      held.deadline = next.deadline;
      held.closeReason = next.closeReason;
      held.lastEventAt = next.lastEventAt;
      held.playhead = next.playhead;
      held.playheadMovedAt = next.playheadMovedAt;
      held.length = next.length;
      bytes += sizeOfEvents(events);
    },

    remove(held) {
      bySid.delete(held.sid);
      history.remove(held.place);
      bytes -= sizeOf(held);
      // The wheel may know of it for minutes still.
      held.sid = '';
      held.validationToken = undefined;
      held.edge = undefined;
      held.log = NO_EVENTS;
    },
  };
}
