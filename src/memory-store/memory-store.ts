import { yieldToEventLoop } from '../common/event-loop.ts';
import { checkOptionNames, requirePositive } from '../common/option-checks.ts';
import { eventText } from '../session/event-copy.ts';
import { advanceSession, downloaded, isOpen } from '../session/lifecycle.ts';
import type { MediaSession } from '../session/session.ts';
import { isInState, placeOf } from '../session/session-query.ts';
import { type SessionStore, StoreUnavailable } from '../session/store.ts';
import { deadlineWheel, UNSCHEDULED } from './deadline-wheel.ts';
import { type EventLog, eventsOf, logOf, sizeOfEvent, sizeOfLog } from './event-log.ts';
import { newestFirst } from './newest-first.ts';
import { queue } from './queue.ts';
import { shardedMap } from './sharded-map.ts';

export interface MemoryStoreOptions {
  /** The most sessions held at a time, open and closed: 100,000. */
  readonly maxSessions?: number;
  /** The most bytes of events held at a time, one for each character of their JSON: 256 MiB. */
  readonly maxBytes?: number;
  /** How long a closed session is remembered, in milliseconds: 24 hours. */
  readonly retention?: number;
}

/** A session as it is held. */
interface Entry {
  /** Copied as it comes and goes: what a hook does to the one it is handed does nothing to this one. */
  session: MediaSession;
  log: EventLog;
  /** Where it stands in the history. */
  readonly place: number;
  /** Where it stands in the wheel, until its close is settled. */
  slot: number;
  leasedUntil: number;
  settled: boolean;
}

/** What is held of a session that is forgotten. */
const NOTHING: MediaSession = downloaded('', 0);
const NO_EVENTS: EventLog = [];

/** How many sessions a sweep looks at before other work gets its turn. */
const SLICE = 250;

/** How many sessions one call of `list` looks at to fill its page. */
const LIST_SCAN = 10_000;

/**
 * A store in the memory of this process: for tests, trials, and servers whose sessions may die with
 * them. It is bounded. When it is full it forgets closed sessions, oldest first, and then rejects with
 * `StoreUnavailable`: an open session is never dropped, nor a close that is still to be delivered.
 *
 * @throws TypeError when an option is unknown, RangeError when one is not above 0.
 */
export function memoryStore(options: MemoryStoreOptions = {}): SessionStore {
  checkOptionNames(options, ['maxSessions', 'maxBytes', 'retention'], 'memoryStore');
  const { maxSessions = 100_000, maxBytes = 256 * 1024 * 1024, retention = 86_400_000 } = options;
  for (const [name, value] of Object.entries({ maxSessions, maxBytes, retention })) {
    requirePositive('memoryStore', name, value);
  }

  const entries = shardedMap<Entry>();
  const history = newestFirst<Entry>();
  const wheel = deadlineWheel<Entry>(({ session, leasedUntil }) => Math.max(session.deadline, leasedUntil));
  const settled = queue<Entry>();
  let bytes = 0;
  let closesAreClaimed = false;
  let toldTime = Number.NEGATIVE_INFINITY;

  /** Forgets what it takes to keep so much more. Gives the reason why it cannot, if it cannot. */
  function makeRoom(sessions: number, size: number, now: number): StoreUnavailable | undefined {
    if (size > maxBytes) return new StoreUnavailable('The memory store is smaller than what it is to keep');
    while (entries.size + sessions > maxSessions || bytes + size > maxBytes) {
      const oldest = settled.shift() ?? (closesAreClaimed ? undefined : takeClosed(now));
      if (oldest === undefined) return new StoreUnavailable('The memory store is full of sessions it must keep');
      forget(oldest);
    }
    return undefined;
  }

  /** Takes a closed session out of the wheel. Only where nobody asks for closes: else its close is to be delivered. */
  function takeClosed(now: number): Entry | undefined {
    for (const entry of wheel.due(now)) if (entry) return entry;
    return undefined;
  }

  function forget(entry: Entry): void {
    entries.delete(entry.session.sid);
    history.remove(entry.place);
    bytes -= sizeOf(entry);
    entry.session = NOTHING; // the wheel may know the entry for minutes still
    entry.log = NO_EVENTS;
  }

  /** The entry of a session, unless it is forgotten by the time that `claimClosed` was last told. */
  function entryOf(sid: string): Entry | undefined {
    const entry = entries.get(sid);
    return entry && isForgotten(entry, toldTime) ? undefined : entry;
  }

  function isForgotten(entry: Entry, now: number): boolean {
    return (entry.settled || !closesAreClaimed) && now >= entry.session.deadline + retention;
  }

  return {
    create(session, events) {
      if (entries.get(session.sid)) return Promise.reject(new Error(`A session has the id ${session.sid} already`));
      const log = logOf(events, session.startedAt);
      const size = sizeOf({ session, log });
      const full = makeRoom(1, size, session.startedAt);
      if (full) return Promise.reject(full);
      const entry: Entry = {
        session: { ...session },
        log,
        place: history.next,
        slot: UNSCHEDULED,
        leasedUntil: 0,
        settled: false,
      };
      history.add(entry);
      entries.set(session.sid, entry);
      wheel.schedule(entry, session.startedAt);
      bytes += size;
      return undefined;
    },

    append(sid, event, timeouts) {
      const entry = entries.get(sid);
      if (entry === undefined || isForgotten(entry, event.receivedAt)) return 'unknown';
      if (!isOpen(entry.session, event.receivedAt) || entry.leasedUntil > 0) return 'closed';
      const json = eventText(event);
      const size = sizeOfEvent(json);
      const full = makeRoom(0, size, event.receivedAt);
      if (full) return Promise.reject(full);
      entry.log.push(event.receivedAt - entry.session.startedAt, json);
      bytes += size;
      const { deadline } = entry.session;
      entry.session = advanceSession(entry.session, event, timeouts);
      // A deadline that is later now is noticed when the old one comes up; one that is earlier must be filed.
      if (entry.session.deadline < deadline) wheel.schedule(entry, event.receivedAt);
      return 'accepted';
    },

    async get(sid) {
      const entry = entryOf(sid);
      return entry && { ...entry.session };
    },

    async events(sid) {
      const entry = entryOf(sid);
      return entry && eventsOf(entry.log, entry.session.startedAt);
    },

    async list({ state, limit = 100, cursor }, now) {
      const sessions: MediaSession[] = [];
      let looked = 0;
      for (const [place, entry] of history.before(placeOf(cursor, history.next))) {
        const { session } = entry;
        if (isInState(session, state, now) && !isForgotten(entry, toldTime)) sessions.push({ ...session });
        if (place === 0) break; // it is the first there ever was: no page follows
        looked += 1;
        if (sessions.length === limit || looked === LIST_SCAN) return { sessions, cursor: String(place) };
      }
      return { sessions };
    },

    async claimClosed(now, leaseMs, limit) {
      closesAreClaimed = true;
      toldTime = now;
      const claimed: MediaSession[] = [];
      let looked = 0;
      for (const entry of wheel.due(now)) {
        if (entry) {
          entry.leasedUntil = now + leaseMs;
          wheel.schedule(entry, now);
          claimed.push({ ...entry.session });
          if (claimed.length === limit) break;
        }
        if (++looked % SLICE === 0) await yieldToEventLoop();
      }
      for (let oldest = settled.peek(); oldest && isForgotten(oldest, now); oldest = settled.peek()) {
        forget(oldest);
        settled.shift();
        if (++looked % SLICE === 0) await yieldToEventLoop();
      }
      return claimed;
    },

    async settle(sid) {
      const entry = entries.get(sid);
      if (entry === undefined || entry.settled) return;
      entry.settled = true;
      entry.slot = UNSCHEDULED;
      settled.push(entry);
    },

    async close() {},
  };
}

/** The size that counts for `maxBytes`: what a client may make large, its events and its validation token. */
function sizeOf({ session, log }: Pick<Entry, 'session' | 'log'>): number {
  return (session.validationToken?.length ?? 0) + sizeOfLog(log);
}
