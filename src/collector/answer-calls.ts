import type { TimeSlices } from '../common/event-loop.ts';
import { parseJson } from '../common/json.ts';
import { isPromise, type MaybePromise } from '../common/maybe-promise.ts';
import type { SessionDeps } from '../handlers/deps.ts';
import { type BodyFault, bodyFaultOf, type Call } from '../http/call.ts';
import type { Endpoint, Route } from '../http/endpoints.ts';
import type { Reply } from '../http/reply.ts';
import { isStoreUnavailable } from '../session/store.ts';
import { isRejected, noContent, type RejectedReply } from '../wire/replies.ts';
import type { Cors } from './cors.ts';
import type { HookRunner } from './hooks.ts';
import type { Notifier, ReadBody } from './notifier.ts';
import type { AnsweredEndpoint } from './observers.ts';

/** What calls are answered with, whatever protocol they speak. */
export interface AnswerDeps {
  /** What the handlers work with, but for those who are told of what is stored. */
  readonly sessionDeps: SessionDeps;
  readonly maxBodyBytes: number;
  readonly notify: Notifier;
  /** Told of what failed on this side. */
  readonly fail: HookRunner['fail'];
  /** Long bodies, which take their time to be read as JSON and checked, wait their turn here. */
  readonly slice: TimeSlices;
  /** Whether the collector was told to close: then nothing more is kept, whatever the store would do. */
  readonly isClosed: () => boolean;
}

/** A protocol: where its endpoints are, what answers at them, and how it says no. */
export interface Protocol<Name extends AnsweredEndpoint> {
  readonly endpoints: Readonly<Record<Name, Endpoint>>;
  readonly findRoute: (path: string) => Route<Name> | undefined;
  /** The headers for calls from browsers; undefined where they are the host's. */
  readonly crossOrigin: Cors | undefined;
  /** Answers a call of an endpoint without POST. */
  readonly answerUnread: (call: Call, route: Route<Name>) => MaybePromise<Reply>;
  /** Answers a call whose body is read. */
  readonly answerRead: (call: Call, route: Route<Name>, read: ReadBody, deps: SessionDeps) => MaybePromise<Reply>;
  readonly methodNotAllowed: (call: Call, endpoint: Endpoint) => RejectedReply;
  readonly unreadable: (call: Call, reason: string) => RejectedReply;
  readonly reject: (call: Call, why: 'body-too-large' | 'failed' | 'unavailable') => RejectedReply;
}

const UNREAD: ReadBody = {};

/** From which length on, in bytes or characters, a body waits its turn. Shorter ones take less than a millisecond. */
const LONG = 16 * 1024;

/**
 * Makes the function that answers the calls of a protocol, by their path, then their method, then their body; it gives
 * undefined for one that is not the protocol's. A call is answered in the same turn of the event loop where neither its
 * body nor the store must be waited for. Whatever fails on the way is caught here and nowhere else.
 */
export function answerCalls<Name extends AnsweredEndpoint>(
  protocol: Protocol<Name>,
  deps: AnswerDeps,
): (call: Call) => MaybePromise<Reply | undefined> {
  const { endpoints, crossOrigin } = protocol;
  const { maxBodyBytes, notify, fail, slice } = deps;
  const sessionDeps: SessionDeps = { ...deps.sessionDeps, ...notify.ofStored() };

  function answer(call: Call, route: Route<Name>): MaybePromise<Reply> {
    const endpoint: Endpoint = endpoints[route.endpoint];
    if (!endpoint.methods.includes(call.method)) {
      return finish(call, route, protocol.methodNotAllowed(call, endpoint), UNREAD);
    }
    return endpoint.methods.includes('POST')
      ? readBody(call, route)
      : settle(call, route, UNREAD, () => protocol.answerUnread(call, route));
  }

  function readBody(call: Call, route: Route<Name>): MaybePromise<Reply> {
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

  function answerInTurn(call: Call, route: Route<Name>, body: unknown): MaybePromise<Reply> {
    if (!isLong(body)) return answerBody(call, route, body);
    return slice().then(() => answerBody(call, route, body));
  }

  function answerBody(call: Call, route: Route<Name>, body: unknown): MaybePromise<Reply> {
    const parsed = parseJson(body);
    if ('reason' in parsed) return finish(call, route, notJson(parsed.reason, call), { value: body });
    if (deps.isClosed()) return finish(call, route, protocol.reject(call, 'unavailable'), parsed);
    const own = call.waitUntil ? { ...sessionDeps, ...notify.ofStored(call.waitUntil) } : sessionDeps;
    return settle(call, route, parsed, () => protocol.answerRead(call, route, parsed, own));
  }

  /** The reply that a handler gives, now or later; where it fails, the reply that says so. */
  function settle(
    call: Call,
    route: Route<Name>,
    read: ReadBody,
    handle: () => MaybePromise<Reply>,
  ): MaybePromise<Reply> {
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
  function failure(error: unknown, call: Call): Reply {
    const fault = bodyFaultOf(error);
    if (fault === 'body-too-large') return protocol.reject(call, fault);
    if (fault) return protocol.unreadable(call, UNREADABLE[fault]);
    const unavailable = isStoreUnavailable(error);
    void fail(unavailable ? 'store' : 'request', error, call.waitUntil);
    return protocol.reject(call, unavailable ? 'unavailable' : 'failed');
  }

  /** The reply to a call whose body was read and is not JSON. */
  function notJson(reason: string, call: Call): Reply {
    const isEncoded = call.header('content-encoding') !== undefined;
    return protocol.unreadable(call, isEncoded ? `${reason}; a Content-Encoding is not decoded here` : reason);
  }

  function finish(call: Call, { endpoint }: Route<Name>, reply: Reply, read: ReadBody): Reply {
    if (isRejected(reply)) notify.rejected(call, endpoint, reply, read);
    notify.answered(endpoint, reply);
    return crossOrigin ? crossOrigin.withHeaders(reply, () => call.header('origin')) : reply;
  }

  return (call) => {
    const route = protocol.findRoute(call.path);
    if (route === undefined) return undefined;
    if (call.method !== 'OPTIONS') return answer(call, route);
    const preflight = crossOrigin?.preflight(noContent, () => call.header('origin'));
    if (preflight) notify.answered(route.endpoint, preflight);
    return preflight;
  };
}

function isLong(body: unknown): boolean {
  return (typeof body === 'string' || body instanceof Uint8Array) && body.length > LONG;
}

/** Why a body could not be read, but for its length. */
const UNREADABLE: Readonly<Record<Exclude<BodyFault, 'body-too-large'>, string>> = {
  'body-aborted': 'The connection ended before the body did',
  'body-consumed':
    'The body was read before it came here, and nothing of it was kept; mount this before, or after a JSON parser',
  'body-form':
    'The body was read as a form before it came here; send Content-Type: application/json, or mount this before the form parser',
};
