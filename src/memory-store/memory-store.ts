import { yieldToEventLoop } from '../common/event-loop.ts';
import { checkOptionNames, requirePositive } from '../common/option-checks.ts';
import { recordOf } from '../session/event-record.ts';
import { admitProgress } from '../session/lifecycle.ts';
import type { MediaSession } from '../session/session.ts';
import { isInState, placeOfCursor } from '../session/session-query.ts';
import { type SessionStore, StoreUnavailable } from '../session/store.ts';
import { deadlineWheel } from './deadline-wheel.ts';
import { eventsOf, sizeOfEvents } from './event-log.ts';
import { type HeldSession, heldSessions, holdSession, sessionOf, sizeOf } from './held-sessions.ts';
import { memoryRetention } from './retention.ts';

export interface MemoryStoreOptions {
  /** The most sessions held at a time, open and closed: 100,000. */
  readonly maxSessions?: number;
  /** The most bytes of events held at a time, one for each character of their JSON: 256 MiB. */
  readonly maxBytes?: number;
  /** How long a closed session is remembered, in milliseconds: 24 hours. */
  readonly retention?: number;
}

/** How many sessions a sweep checks before other work gets its turn. */
const SLICE = 250;
/** How many sessions one call of `list` looks at to fill its page. */
const LIST_SCAN = 10_000;

/**
 * A store in the memory of this process: for tests, trials, and servers whose sessions may die with them. It is
 * bounded. When it is full it forgets closed sessions, oldest first, and then rejects with
 * `StoreUnavailable`: an open session is never dropped, nor a close that is still to be delivered.
 *
 * @throws TypeError when an option is unknown, RangeError when one is not above 0.
 */
export function memoryStore(options: MemoryStoreOptions = {}): SessionStore {
  checkOptionNames(options, ['maxSessions', 'maxBytes', 'retention'], 'memoryStore');
  const { maxSessions = 100_000, maxBytes = 256 * 1024 * 1024, retention: retentionMs = 86_400_000 } = options;
  for (const [name, value] of Object.entries({ maxSessions, maxBytes, retention: retentionMs })) {
    requirePositive('memoryStore', name, value);
  }

  const sessions = heldSessions();
  const wheel = deadlineWheel<HeldSession>(({ deadline, leasedUntil }) => Math.max(deadline, leasedUntil));
  const retention = memoryRetention(wheel, retentionMs);

  /** Forgets what it takes to hold so much more, or gives the reason why it cannot. */
  function makeRoom(count: number, bytes: number, now: number): StoreUnavailable | undefined {
    if (bytes > maxBytes) return new StoreUnavailable('The memory store is smaller than what it is to keep');
    while (sessions.count + count > maxSessions || sessions.bytes + bytes > maxBytes) {
      const oldest = retention.takeOldest(now);
      if (oldest === undefined) return new StoreUnavailable('The memory store is full of sessions it must keep');
      sessions.remove(oldest);
    }
    return undefined;
  }

  /** Finds a session, unless it is forgotten by the time that `claimClosed` was told last. */
  function find(sid: string): HeldSession | undefined {
    const held = sessions.get(sid);
    return held && retention.isForgotten(held) ? undefined : held;
  }

  return {
    create(session, events) {
      if (sessions.get(session.sid)) return Promise.reject(new Error(`A session has the id ${session.sid} already`));
      const held = holdSession(session, events.map(recordOf), sessions.nextPlace);
      const noRoom = makeRoom(1, sizeOf(held), session.startedAt);
      if (noRoom) return Promise.reject(noRoom);
      sessions.add(held);
      wheel.schedule(held, session.startedAt);
      return undefined;
    },

    append(sid, events, rule) {
      const records = events.map(recordOf);
      const now = records[0]?.receivedAt;
      const held = sessions.get(sid);
      if (held === undefined || retention.isForgotten(held, now)) return 'unknown';
      if (held.leasedUntil > 0) return 'closed';
      const next = admitProgress(held, records, rule);
      if (typeof next === 'string') return next;
      const noRoom = makeRoom(0, sizeOfEvents(records), next.lastEventAt);
      if (noRoom) return Promise.reject(noRoom);
      const { deadline } = held;
      sessions.addEvents(held, records, next);
      // A deadline that is later now is noticed when the old one comes up; one that is earlier must be filed.
      if (next.deadline < deadline) wheel.schedule(held, next.lastEventAt);
      return 'accepted';
    },

    async get(sid) {
      const held = find(sid);
      return held && sessionOf(held);
    },

    async events(sid, range) {
      const held = find(sid);
      return held && eventsOf(held.log, held.startedAt, range);
    },

    async list({ state, limit = 100, cursor }, now) {
      const page: MediaSession[] = [];
      let scanned = 0;
      for (const [place, held] of sessions.before(placeOfCursor(cursor, sessions.nextPlace))) {
        if (isInState(held, state, now) && !retention.isForgotten(held)) page.push(sessionOf(held));
        if (place === 0) break; // it is the first there ever was: no page follows
        scanned += 1;
        if (page.length === limit || scanned === LIST_SCAN) return { sessions: page, cursor: String(place) };
      }
      return { sessions: page };
    },

    async claimClosed(now, leaseMs, limit) {
      retention.noteTime(now);
      if (limit > 0) retention.noteClaims();
      const claimed: MediaSession[] = [];
      let checked = 0;
      for (const held of limit > 0 ? wheel.due(now) : []) {
        if (held) {
          held.leasedUntil = now + leaseMs;
          wheel.schedule(held, now);
          claimed.push(sessionOf(held));
          if (claimed.length === limit) break;
        }
        if (++checked % SLICE === 0) await yieldToEventLoop();
      }
      for (const held of retention.takeForgotten(now)) {
        if (held) sessions.remove(held);
        if (++checked % SLICE === 0) await yieldToEventLoop();
      }
      return claimed;
    },

    async settle(sid) {
      const held = sessions.get(sid);
      if (held) retention.settle(held);
    },

    async close() {},
  };
}
