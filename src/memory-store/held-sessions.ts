import type { EventRecord } from '../session/event-record.ts';
import { downloaded } from '../session/lifecycle.ts';
import type { MediaSession } from '../session/session.ts';
import { type Scheduled, UNSCHEDULED } from './deadline-wheel.ts';
import { type EventLog, logOf, sizeOfEvents, sizeOfLog } from './event-log.ts';
import { type NewestFirst, newestFirst } from './newest-first.ts';
import { shardedMap } from './sharded-map.ts';

/** A session as it is held. */
export interface HeldSession extends Scheduled {
  /** Copied as it comes and goes: what a hook does to the one it is handed does nothing to this one. */
  session: MediaSession;
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
  addEvents(held: HeldSession, events: readonly EventRecord[]): void;
  remove(held: HeldSession): void;
}

/** What is held of a session that is forgotten. */
const NO_SESSION: MediaSession = downloaded('', 0, []);
const NO_EVENTS: EventLog = [];

/** Makes of a session that is created what is held of it. */
export function holdSession(session: MediaSession, events: readonly EventRecord[], place: number): HeldSession {
  return {
    session: { ...session },
    log: logOf(events, session.startedAt),
    place,
    slot: UNSCHEDULED,
    leasedUntil: 0,
    settled: false,
  };
}

/** Tells how many bytes a session counts for. */
export function sizeOf({ session, log }: HeldSession): number {
  const { validationToken, edge } = session;
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
      bySid.set(held.session.sid, held);
      bytes += sizeOf(held);
    },

    addEvents(held, events) {
      for (const { receivedAt, text } of events) held.log.push(receivedAt - held.session.startedAt, text);
      bytes += sizeOfEvents(events);
    },

    remove(held) {
      bySid.delete(held.session.sid);
      history.remove(held.place);
      bytes -= sizeOf(held);
      held.session = NO_SESSION; // the wheel may know of it for minutes still
      held.log = NO_EVENTS;
    },
  };
}
