import { checkOptionNames } from '../../../src/common/option-checks.ts';
import { boundsOf, MAX_PAGE_LENGTH } from '../../../src/session/event-pages.ts';
import { recordOf } from '../../../src/session/event-record.ts';
import type { MediaSession } from '../../../src/session/session.ts';
import { isSessionId, requireSessionId } from '../../../src/session/session-id.ts';
import { isInState } from '../../../src/session/session-query.ts';
import type { AppendResult, SessionStore } from '../../../src/session/store.ts';
import { wrapStore } from '../../../src/session/wrap-store.ts';
import { MAX_WAITING } from '../shared/limits.ts';
import { roundRobinClaims } from './claims.ts';
import { checkClient, type RedisClient, type RedisCommands, type RedisScriptOptions } from './client.ts';
import { leavesDemoted } from './demotion.ts';
import { decodeEvents, decodeSession, encodeAppend, encodeSession } from './encoding.ts';
import { inFlightOperations } from './in-flight.ts';
import { limiter } from './limiter.ts';
import { rowBatcher } from './row-batcher.ts';
import { scriptRunner, scriptSender } from './script-runner.ts';
import { entryOf, redisIndex, sidOf } from './session-index.ts';
import { appendScript, CLAIM, CREATE, EVENTS, EVENTS_PER_EXPIRY, GET, SETTLE } from './session-scripts.ts';

export type { RedisClient, RedisCommands, RedisScriptOptions };

export interface RedisStoreOptions {
  /** What the names of all keys start with: `media-sessions:`. */
  readonly prefix?: string;
  /** How long a closed session is remembered, in milliseconds: 24 hours. */
  readonly retention?: number;
}

/** The most scripts that only read, counted apart, so that however much is read, events are kept and not late. */
const MAX_READING = 2000;
/** How much longer than need be Redis keeps what nobody asks for, in milliseconds: a week, for closes to be delivered. */
const EXPIRY_MARGIN = 7 * 86_400_000;
/** How many sessions one call of `list` reads for those in a state. */
const LIST_SCAN = 1000;
/** How many sessions it asks Redis for at a time. */
const LIST_CHUNK = 100;

/**
 * A store in Redis 6.2 or newer, for any number of processes. An event is acknowledged by the answer of the script that
 * keeps it: what that promises is up to the server's persistence. Redis removes by itself what a fleet that is gone
 * left behind.
 *
 * @param client A client of node-redis, or a cluster. It stays yours to connect and to close.
 *
 * @example
 * const client = await createClient({ url: 'redis://localhost:6379' }).connect();
 * createServer(sessionsMiddleware({ store: redisStore(client) })).listen(8080);
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions = {}): SessionStore {
  checkOptionNames(options, ['prefix', 'retention'], 'redisStore');
  const { prefix = 'media-sessions:', retention = 86_400_000 } = options;
  checkArguments(client, prefix, retention);
  const sender = scriptSender(client);
  const failed = leavesDemoted(client);
  const writes = limiter(MAX_WAITING, failed);
  const runWrite = scriptRunner(sender, writes);
  const runRead = scriptRunner(sender, limiter(MAX_READING, failed));
  const runAppend = rowBatcher(sender, writes, appendScript(retention, retention + EXPIRY_MARGIN));
  const indexTimeToLive = retention + 4 * EXPIRY_MARGIN; // longer than sessions of the usual timeouts
  const index = redisIndex(runWrite, runRead, prefix, indexTimeToLive);
  const inFlight = inFlightOperations();
  const settledTimeToLive = retention + 86_400_000; // a day more, for a clock that is ahead
  const claimClosed = roundRobinClaims(index, (sid, now, leaseEnd) =>
    runWrite(CLAIM, [keyOf(sid)], [now, leaseEnd, retention, retention + EXPIRY_MARGIN]),
  );

  function keyOf(sid: string): string {
    return `${prefix}{${sid}}`;
  }

  async function read(sid: string): Promise<MediaSession | undefined> {
    return decodeSession(sid, await runRead(GET, [keyOf(sid)], []));
  }

  const store: SessionStore = {
    async create(session, events) {
      const { sid, startedAt, deadline } = session;
      const keys = [keyOf(requireSessionId(sid))];
      const open = Math.ceil(deadline - startedAt); // Redis takes whole milliseconds
      const timeToLive = EVENTS_PER_EXPIRY * open + retention + EXPIRY_MARGIN;
      if ((await runWrite(CREATE, keys, [timeToLive, ...encodeSession(session, events)])) !== 'created') {
        throw new Error(`A session has the id ${sid} already`);
      }
      await index.add(entryOf(sid, startedAt), deadline);
    },

    async append(sid, events, rule) {
      if (!isSessionId(sid)) return 'unknown';
      const records = events.map(recordOf);
      const outcome = await runAppend(keyOf(sid), encodeAppend(records, rule));
      if (isAppendResult(outcome)) return outcome;
      const endedAt = records.find(({ endsSession }) => endsSession)?.receivedAt ?? 0; // there is one by this outcome
      // The event is kept. When this fails, its session is closed in time, and found at its old deadline.
      await index.moveEarlier(entryOf(sid, Number(outcome)), endedAt + rule.timeouts.grace).catch(() => {});
      return 'accepted';
    },

    async get(sid) {
      return isSessionId(sid) ? read(sid) : undefined;
    },

    async events(sid, range) {
      if (!isSessionId(sid)) return undefined;
      const { from, to } = boundsOf(range);
      const places = [from + 1, to]; // the first element is none
      const elements = (await runRead(EVENTS, [keyOf(sid)], [...places, MAX_PAGE_LENGTH])) as readonly string[] | null; // as EVENTS gives them
      return elements ? decodeEvents(elements) : undefined;
    },

    async list({ state, limit = 100, cursor }, now) {
      const scan = state === undefined ? limit : LIST_SCAN;
      const entries = await index.listBefore(cursor, scan);
      const sessions: MediaSession[] = [];
      for (let from = 0; from < entries.length; from += LIST_CHUNK) {
        const chunk = entries.slice(from, from + LIST_CHUNK);
        const found = await Promise.all(chunk.map((entry) => read(sidOf(entry))));
        for (const [at, session] of found.entries()) {
          if (session === undefined) continue; // forgotten, and its entry not yet
          if (isInState(session, state, now)) sessions.push(session);
          if (sessions.length === limit && from + at < scan - 1) return { sessions, cursor: chunk[at] ?? '' };
        }
      }
      return { sessions, ...(entries.length === scan && { cursor: entries.at(-1) ?? '' }) };
    },

    claimClosed,

    async settle(sid) {
      if (!isSessionId(sid)) return;
      const session = decodeSession(sid, await runWrite(SETTLE, [keyOf(sid)], [settledTimeToLive]));
      if (session === undefined) return;
      // The session is settled. When this fails, the check after the lease moves it.
      await index.moveLater(entryOf(sid, session.startedAt), session.deadline + retention).catch(() => {});
    },

    async close() {
      await inFlight.close();
      sender.close();
    },
  };
  return wrapStore(store, async (operation, run) => (operation === 'close' ? run() : inFlight.run(run)));
}

const APPEND_RESULTS: ReadonlySet<unknown> = new Set<AppendResult>(['accepted', 'unknown', 'closed', 'full']);

function isAppendResult(outcome: unknown): outcome is AppendResult {
  return APPEND_RESULTS.has(outcome);
}

function checkArguments(client: unknown, prefix: string, retention: number): void {
  checkClient(client);
  if (/[{}]/.test(prefix)) {
    throw new TypeError('redisStore: prefix must be without { and }, which tell the slot of a key');
  }
  if (!(Number.isSafeInteger(retention) && retention > 0)) {
    throw new RangeError(`redisStore: retention must be a whole number above 0, not ${retention}`);
  }
}
