// A store of your own, here in a Map: `sessionsMiddleware({ store: mapStore() })`. It passes `storeContract`.
import {
  admit,
  type EventRecord,
  isInState,
  type MediaSession,
  placeOfCursor,
  recordOf,
  type SessionStore,
} from 'media-sessions/store';

interface Entry {
  session: MediaSession;
  /** As text, so that nobody changes what is stored. */
  readonly events: EventRecord[];
  readonly place: number;
  leasedUntil: number;
  settled: boolean;
}

export function mapStore({ retention = 86_400_000 } = {}): SessionStore {
  const entries = new Map<string, Entry>();
  let places = 0;
  const isForgotten = ({ settled, session }: Entry, now: number) => settled && now >= session.deadline + retention;

  return {
    async create(session, events) {
      if (entries.has(session.sid)) throw new Error(`A session has the id ${session.sid} already`);
      const entry = { session: { ...session }, events: events.map(recordOf), place: places++ };
      entries.set(session.sid, { ...entry, leasedUntil: 0, settled: false });
    },

    async append(sid, events, rule) {
      const entry = entries.get(sid);
      const records = events.map(recordOf);
      if (entry === undefined || isForgotten(entry, records[0]?.receivedAt ?? 0)) return 'unknown';
      const next = entry.leasedUntil > 0 ? 'closed' : admit(entry.session, records, rule);
      if (typeof next === 'string') return next;
      entry.session = next;
      entry.events.push(...records);
      return 'accepted';
    },

    async get(sid) {
      const entry = entries.get(sid);
      return entry && { ...entry.session };
    },

    async events(sid, { from = 0, limit = 1000 } = {}) {
      const page = entries.get(sid)?.events.slice(from, from + limit);
      return page?.map(({ text, receivedAt }) => ({ event: JSON.parse(text), receivedAt }));
    },

    async list({ state, limit = 100, cursor }, now) {
      const before = placeOfCursor(cursor, places);
      const newestFirst = [...entries.values()].reverse();
      const found = newestFirst.filter(({ place, session }) => place < before && isInState(session, state, now));
      const page = found.slice(0, limit);
      const sessions = page.map(({ session }) => ({ ...session }));
      return found.length > limit ? { sessions, cursor: String(page.at(-1)?.place) } : { sessions };
    },

    async claimClosed(now, leaseMs, limit) {
      for (const [sid, entry] of entries) if (isForgotten(entry, now)) entries.delete(sid);
      const isDue = ({ session, leasedUntil, settled }: Entry) =>
        !settled && Math.max(session.deadline, leasedUntil) <= now;
      const due = [...entries.values()].filter(isDue).slice(0, limit);
      for (const entry of due) entry.leasedUntil = now + leaseMs;
      return due.map(({ session }) => ({ ...session }));
    },

    async settle(sid) {
      const entry = entries.get(sid);
      if (entry) entry.settled = true;
    },

    async close() {},
  };
}
