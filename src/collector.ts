import { BODY_FAULTS, noJson } from './body-faults.ts';
import { BodyUnreadable, type Call, type Handler, type WaitUntil } from './call.ts';
import { checkCollectorOptions } from './check-collector-options.ts';
import { checkedClock, steadyClock } from './clock.ts';
import { cors } from './cors.ts';
import { startDeliveries } from './deliveries.ts';
import type { SessionDeps } from './handlers/deps.ts';
import { handleDownloaded } from './handlers/downloaded.ts';
import { handleSchema } from './handlers/schema.ts';
import { handleSessionEvent } from './handlers/session-event.ts';
import { handleSessionStart } from './handlers/session-start.ts';
import { hookRunner } from './hooks.ts';
import { type Observer, observers } from './observers.ts';
import { checkOptionNames } from './option-checks.ts';
import type { CollectorOptions, Rejection } from './options.ts';
import { sessionReport } from './report/report.ts';
import type { SessionReport } from './report/report-schema.ts';
import { type Timeouts, timeoutsOf } from './session/lifecycle.ts';
import { memoryStore } from './session/memory-store.ts';
import { pace } from './session/pace.ts';
import type { MediaSession, StoredEvent } from './session/session.ts';
import { sessionLengths } from './session/session-lengths.ts';
import { type SessionPage, type SessionQuery, StoreUnavailable } from './session/store.ts';
import { ENDPOINTS, type Endpoint, findRoute, ROOTS, type Route } from './wire/endpoints.ts';
import { parseJson } from './wire/json.ts';
import {
  allow,
  type ErrorBody,
  isRefusal,
  methodNotAllowed,
  noContent,
  type Refusal,
  type Reply,
  refuse,
} from './wire/replies.ts';
import { createValidator } from './wire/validate.ts';

/**
 * A server of the Media Collection API, without the server: it turns calls into replies. What reads the store rejects
 * as the store does, with `StoreUnavailable` above all.
 */
export interface Collector extends Handler {
  /** A session, or undefined when no session has the id. */
  session(sid: string): Promise<MediaSession | undefined>;
  /**
   * A page of the sessions, newest first. Rejects with a RangeError when `limit` is not a whole number from 1 to 1000,
   * `state` is neither of the two, or `cursor` did not come with a page; with a TypeError for a field there is not.
   */
  sessions(query?: SessionQuery): Promise<SessionPage>;
  /** The events of a session in the order of arrival, or undefined when no session has the id. */
  events(sid: string): Promise<readonly StoredEvent[] | undefined>;
  /** What the viewer did so far, or in all once the session is closed; undefined when no session has the id. */
  report(sid: string): Promise<SessionReport | undefined>;
  /** Tells an observer what happens from now on. Returns the function that ends this. */
  observe(observer: Observer): () => void;
  /** The time by the collector's clock, in Unix milliseconds. */
  now(): number;
  /** When sessions close, in milliseconds. */
  readonly timeouts: Timeouts;
  /**
   * Delivers the close of every session that is closed by now, waits for hooks under way, and closes the
   * store when the collector made it itself. Close the server first: calls that come later may fail. A hook may call
   * this but must not wait for it, since it waits for the hook.
   */
  close(): Promise<void>;
}

/** What was read of a body, for those who are told of a refusal. */
interface SeenBody {
  body?: unknown;
  text?: string | undefined;
}

/**
 * Makes a collector: the one thing behind every adapter. Mount it in several, or keep it to read the
 * sessions back.
 *
 * @throws TypeError when an option is wrong or unknown.
 *
 * @example
 * const collector = createCollector({ validation: 'strict' });
 * createServer(sessionsMiddleware(collector)).listen(8080);
 */
export function createCollector(options: CollectorOptions = {}): Collector {
  checkCollectorOptions(options);
  const {
    validation = 'standard',
    maxBodyBytes = 1_048_576,
    maxSessionLength = 16 * 1024 * 1024,
    onSessionClose,
  } = options;
  const now = checkedClock(options.now ?? Date.now);
  const store = options.store ?? memoryStore();
  const crossOrigin = options.cors === false ? undefined : cors(typeof options.cors === 'object' ? options.cors : {});
  const timeouts = timeoutsOf(options.timeouts);
  const hooks = hookRunner(options.onError);
  const observed = observers((error) => hooks.fail('observer', error));
  const deps: SessionDeps = {
    store,
    now,
    newId: options.newId,
    location: options.location,
    validate: createValidator(validation),
    timeouts,
    lengths: sessionLengths(maxSessionLength),
    ...hooksOf(undefined),
  };
  const turn = pace();
  const deliveries = startDeliveries({
    store,
    now: steadyClock(now),
    sweepInterval: options.sweepInterval ?? 5_000,
    onFailure: hooks.fail,
    async deliver(session) {
      const events = onSessionClose && (await store.events(session.sid));
      if (!events) return;
      await turn(); // many sessions close at once, and reports take their time
      const report = sessionReport(session, events, { timeouts });
      await onSessionClose({ session: { ...session }, events, report }); // ours is to settle the close by
    },
  });

  /** The hooks that handlers call, for a host that must be told of them, or for any other. */
  function hooksOf(waitUntil: WaitUntil | undefined): Pick<SessionDeps, 'onSessionStart' | 'onEvent'> {
    return {
      onSessionStart(start) {
        observed.tell('onSessionStart', start);
        hooks.run('onSessionStart', options.onSessionStart, start, waitUntil);
      },
      onEvent(event) {
        observed.tell('onEvent', event);
        hooks.run('onEvent', options.onEvent, event, waitUntil);
      },
    };
  }

  /** Answers a call to one of our endpoints that takes no reading of its body; undefined for any other. */
  function answerUnread(call: Call, { endpoint, parameter }: Route): Reply | Promise<Reply> | undefined {
    const { methods }: Endpoint = ENDPOINTS[endpoint];
    if (!methods.includes(call.method)) return methodNotAllowed(ENDPOINTS[endpoint]);
    if (endpoint === 'schema') return handleSchema(parameter, validation, call.header('if-none-match'));
    return undefined;
  }

  /** Answers a call whose body was read. What it makes of the body it leaves in `seen`. */
  function answer(call: Call, { endpoint, parameter }: Route, seen: SeenBody): Reply | Promise<Reply> {
    const parsed = parseJson(seen.body);
    if ('reason' in parsed) return noJson(parsed.reason, call.header('content-encoding'));
    const { value, text } = parsed;
    seen.body = value;
    seen.text = text;

    const callDeps = call.waitUntil ? { ...deps, ...hooksOf(call.waitUntil) } : deps;
    if (endpoint === 'events') return handleSessionEvent(parameter, value, callDeps, { json: text });
    const handle = endpoint === 'sessions' ? handleSessionStart : handleDownloaded;
    const validationToken = call.header('x-adobe-aep-validation-token');
    return handle(value, callDeps, { json: text, validationToken });
  }

  /** The reply to a call that failed. */
  function failure(error: unknown, waitUntil: WaitUntil | undefined): Reply {
    if (error instanceof BodyUnreadable) return BODY_FAULTS[error.fault];
    const unavailable = error instanceof StoreUnavailable;
    void hooks.fail(unavailable ? 'store' : 'request', error, waitUntil);
    return refuse(unavailable ? 'unavailable' : 'failed');
  }

  /** Whether anybody is told of refusals. */
  function isTold(): boolean {
    return options.onReject !== undefined || observed.any;
  }

  function reject({ method, path, waitUntil }: Call, { status, body, refusal: kind }: Refusal, seen: SeenBody): void {
    const { message, errors = [], more = 0 }: ErrorBody = JSON.parse(body);
    const why = { kind, message, errors, more };
    const rejection: Rejection = { method, path, status, ...why, body: seen.body, text: seen.text };
    observed.tell('onReject', rejection);
    hooks.run('onReject', options.onReject, rejection, waitUntil);
  }

  return {
    async handle(call) {
      deliveries.onCall(call.waitUntil);
      const route = findRoute(call.path);
      if (route === undefined) return undefined;
      const origin = () => call.header('origin');
      if (call.method === 'OPTIONS') return crossOrigin?.preflight(noContent, origin);

      const seen: SeenBody = {};
      let reply: Reply;
      try {
        const unread = answerUnread(call, route);
        if (!unread) seen.body = await call.body(maxBodyBytes);
        reply = await (unread ?? answer(call, route, seen));
      } catch (error) {
        reply = failure(error, call.waitUntil);
      }
      if (isRefusal(reply) && isTold()) reject(call, reply, seen);
      return crossOrigin ? crossOrigin.withHeaders(reply, origin) : reply;
    },

    decline(call) {
      const route = crossOrigin ? undefined : findRoute(call.path); // with CORS one that is ours was answered before
      if (route && call.method === 'OPTIONS') return allow(ENDPOINTS[route.endpoint]);
      const reply = refuse('unknown-path');
      if (call.method === 'POST' && isTold()) reject(call, reply, {}); // a player that was pointed to the wrong place
      return reply;
    },

    roots: ROOTS,

    session: (sid) => store.get(sid),

    async sessions(query = {}) {
      checkOptionNames(query, ['state', 'limit', 'cursor'], 'sessions');
      const { state, limit = 100 } = query;
      if (state !== undefined && state !== 'open' && state !== 'closed') {
        throw new RangeError("sessions: state must be 'open' or 'closed'");
      }
      if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
        throw new RangeError('sessions: limit must be a whole number from 1 to 1000');
      }
      return store.list(query, now());
    },

    events: (sid) => store.events(sid),

    async report(sid) {
      const [session, events] = await Promise.all([store.get(sid), store.events(sid)]);
      if (!session || !events) return undefined;
      const asOf = Math.max(now(), events.at(-1)?.receivedAt ?? 0); // another process's clock may be ahead
      return sessionReport(session, events, { asOf, timeouts });
    },

    observe: observed.add,
    now,
    timeouts,

    async close() {
      await deliveries.stop();
      await hooks.idle();
      if (options.store === undefined) await store.close();
    },
  };
}

/** The collector that an adapter was handed, or one made from the options it was handed. */
export function toHandler(options: CollectorOptions | Handler = {}): Handler {
  return isHandler(options) ? options : createCollector(options);
}

/** Tells a collector, or another handler, from its options, and from an app of a framework, which handles too. */
export function isHandler(value: unknown): value is Handler {
  const { handle, decline, roots } = (value ?? {}) as Partial<Handler>;
  return typeof handle === 'function' && typeof decline === 'function' && Array.isArray(roots);
}
