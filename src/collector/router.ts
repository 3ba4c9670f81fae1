import type { TimeSlices } from '../common/event-loop.ts';
import { parseJson } from '../common/json.ts';
import { isPromise, type MaybePromise } from '../common/maybe-promise.ts';
import type { SessionDeps } from '../handlers/deps.ts';
import { handleDownloaded } from '../handlers/downloaded.ts';
import { handleSchema } from '../handlers/schema.ts';
import { handleSessionEvent } from '../handlers/session-event.ts';
import { handleSessionStart } from '../handlers/session-start.ts';
import { type BodyFault, bodyFaultOf, type Call, type WaitUntil } from '../http/call.ts';
import type { Endpoint } from '../http/endpoints.ts';
import type { Handler } from '../http/handler.ts';
import type { Reply } from '../http/reply.ts';
import { isStoreUnavailable } from '../session/store.ts';
import { ENDPOINTS, findRoute, ROOTS, type Route } from '../wire/endpoints.ts';
import type { ValidationMode } from '../wire/field.ts';
import { allow, isRejected, methodNotAllowed, noContent, rejectWith, unreadable } from '../wire/replies.ts';
import type { Cors } from './cors.ts';
import type { HookRunner } from './hooks.ts';
import type { Notifier, ReadBody } from './notifier.ts';

/** What the router works with. */
export interface RouterDeps {
  /** What the handlers work with, but for those who are told of what is stored. */
  readonly sessionDeps: SessionDeps;
  /** Which schemas are served. */
  readonly validation: ValidationMode;
  readonly maxBodyBytes: number;
  /** Undefined where CORS is the host's. */
  readonly crossOrigin: Cors | undefined;
  readonly notify: Notifier;
  /** Told of what failed on this side. */
  readonly fail: HookRunner['fail'];
  /** Long bodies, which take their time to be read as JSON and checked, wait their turn here. */
  readonly slice: TimeSlices;
  /** Whether the collector was told to close: then nothing more is kept, whatever the store would do. */
  readonly isClosed: () => boolean;
  /** Called first with every call. */
  readonly onCall: (waitUntil: WaitUntil | undefined) => void;
}

const UNREAD: ReadBody = {};

/** From which length on, in bytes or characters, a body waits its turn. Shorter ones take less than a millisecond. */
const LONG = 16 * 1024;
const CLOSED = rejectWith('unavailable');

/**
 * Leads each call of the Media Collection API to the handler of its endpoint, by its path, then its method, then its
 * body. A call is answered in the same turn of the event loop where neither its body nor the store must be waited for.
 * Whatever fails on the way is caught here and nowhere else.
 */
export function router(deps: RouterDeps): Handler {
  const { validation, maxBodyBytes, crossOrigin, notify, fail } = deps;
  const sessionDeps: SessionDeps = { ...deps.sessionDeps, ...notify.ofStored() };

  function answer(call: Call, route: Route): MaybePromise<Reply> {
    const { methods }: Endpoint = ENDPOINTS[route.endpoint];
    if (!methods.includes(call.method)) return finish(call, route, methodNotAllowed(ENDPOINTS[route.endpoint]), UNREAD);
    if (route.endpoint === 'schema') {
      const ifNoneMatch = call.header('if-none-match');
      return settle(call, route, UNREAD, () => handleSchema(route.parameter, validation, ifNoneMatch));
    }
    return readBody(call, route);
  }

  function readBody(call: Call, route: Route): MaybePromise<Reply> {
    let body: MaybePromise<unknown>;
    try {
      body = call.body(maxBodyBytes);
    } catch (error) {
      return finish(call, route, failure(error, call), UNREAD);
    }
    if (!isPromise(body)) return answerInTurn(call, route, body);
    return body.then(
      (read) => answerInTurn(call, route, read),
      (error) => finish(call, route, failure(error, call), UNREAD),
    );
  }

  function answerInTurn(call: Call, route: Route, body: unknown): MaybePromise<Reply> {
    if (!isLong(body)) return answerBody(call, route, body);
    return deps.slice().then(() => answerBody(call, route, body));
  }

  function answerBody(call: Call, route: Route, body: unknown): MaybePromise<Reply> {
    const parsed = parseJson(body);
    if ('reason' in parsed) return finish(call, route, notJson(parsed.reason, call), { value: body });
    return settle(call, route, parsed, () => handleBody(call, route, parsed));
  }

  function handleBody(
    call: Call,
    { endpoint, parameter }: Route,
    { value, text: json }: ReadBody,
  ): MaybePromise<Reply> {
    if (deps.isClosed()) return CLOSED;
    const own = call.waitUntil ? { ...sessionDeps, ...notify.ofStored(call.waitUntil) } : sessionDeps;
    if (endpoint === 'events') return handleSessionEvent(parameter, value, own, { json });
    const handle = endpoint === 'sessions' ? handleSessionStart : handleDownloaded;
    return handle(value, own, { json, validationToken: call.header('x-adobe-aep-validation-token') });
  }

  /** The reply that a handler gives, now or later; where it fails, the reply that says so. */
  function settle(call: Call, route: Route, read: ReadBody, handle: () => MaybePromise<Reply>): MaybePromise<Reply> {
    try {
      const reply = handle();
      if (!isPromise(reply)) return finish(call, route, reply, read);
      return reply.then(
        (given) => finish(call, route, given, read),
        (error) => finish(call, route, failure(error, call), read),
      );
    } catch (error) {
      return finish(call, route, failure(error, call), read);
    }
  }

  /** The reply to a call that failed. */
  function failure(error: unknown, { waitUntil }: Call): Reply {
    const fault = bodyFaultOf(error);
    if (fault) return UNREADABLE[fault];
    const unavailable = isStoreUnavailable(error);
    void fail(unavailable ? 'store' : 'request', error, waitUntil);
    return rejectWith(unavailable ? 'unavailable' : 'failed');
  }

  function finish(call: Call, { endpoint }: Route, reply: Reply, read: ReadBody): Reply {
    if (isRejected(reply)) notify.rejected(call, endpoint, reply, read);
    notify.answered(endpoint, reply);
    return crossOrigin ? crossOrigin.withHeaders(reply, () => call.header('origin')) : reply;
  }

  return {
    handle(call) {
      deps.onCall(call.waitUntil);
      const route = findRoute(call.path);
      if (route === undefined) return undefined;
      if (call.method !== 'OPTIONS') return answer(call, route);
      const preflight = crossOrigin?.preflight(noContent, () => call.header('origin'));
      if (preflight) notify.answered(route.endpoint, preflight);
      return preflight;
    },

    notFound(call) {
      const route = crossOrigin ? undefined : findRoute(call.path); // with CORS one that is ours was answered before
      if (route && call.method === 'OPTIONS') return allow(ENDPOINTS[route.endpoint]);
      const reply = rejectWith('unknown-path');
      if (isOfPlayer(call)) notify.rejected(call, undefined, reply, UNREAD); // one that was pointed to the wrong place
      return crossOrigin ? crossOrigin.withHeaders(reply, () => call.header('origin')) : reply;
    },

    roots: ROOTS,
  };
}

function isLong(body: unknown): boolean {
  return (typeof body === 'string' || body instanceof Uint8Array) && body.length > LONG;
}

/** The reply to a call whose body could not be read. */
const UNREADABLE: Readonly<Record<BodyFault, Reply>> = {
  'body-too-large': rejectWith('body-too-large'),
  'body-aborted': unreadable('The connection ended before the body did'),
  'body-consumed': unreadable(
    'The body was read before it came here, and nothing of it was kept; mount this before, or after a JSON parser',
  ),
  'body-form': unreadable(
    'The body was read as a form before it came here; send Content-Type: application/json, or mount this before the form parser',
  ),
};

/** The reply to a call whose body was read and is not JSON. */
function notJson(reason: string, call: Call): Reply {
  const isEncoded = call.header('content-encoding') !== undefined;
  return unreadable(isEncoded ? `${reason}; a Content-Encoding is not decoded here` : reason);
}

/** Tells whether a call is a player's: a POST, or the preflight of one, after which none comes when it fails. */
function isOfPlayer(call: Call): boolean {
  if (call.method !== 'OPTIONS') return call.method === 'POST';
  return call.header('access-control-request-method') === 'POST';
}
