import { parseJson } from '../common/json.ts';
import type { SessionDeps } from '../handlers/deps.ts';
import { handleDownloaded } from '../handlers/downloaded.ts';
import { handleSchema } from '../handlers/schema.ts';
import { handleSessionEvent } from '../handlers/session-event.ts';
import { handleSessionStart } from '../handlers/session-start.ts';
import { type BodyFault, BodyUnreadable, type Call, type Handler, type WaitUntil } from '../http/call.ts';
import { StoreUnavailable } from '../session/store.ts';
import { ENDPOINTS, type Endpoint, findRoute, ROOTS, type Route } from '../wire/endpoints.ts';
import type { ValidationMode } from '../wire/field.ts';
import {
  allow,
  type ErrorBody,
  isRejected,
  methodNotAllowed,
  noContent,
  type RejectedReply,
  type Reply,
  rejectWith,
  unreadable,
} from '../wire/replies.ts';
import type { Cors } from './cors.ts';
import type { HookRunner } from './hooks.ts';
import type { Notices } from './observers.ts';

/** What it takes to answer calls of the API. */
export interface ApiDeps {
  /** What the handlers work with, but for their notices. */
  readonly sessionDeps: SessionDeps;
  /** Which schemas are served. */
  readonly validation: ValidationMode;
  readonly maxBodyBytes: number;
  /** Undefined where CORS is the host's. */
  readonly crossOrigin: Cors | undefined;
  readonly notices: Notices;
  /** Told of what failed on this side. */
  readonly fail: HookRunner['fail'];
}

/** What was read of a body, for those who are told of a rejection. */
interface SeenBody {
  body?: unknown;
  text?: string | undefined;
}

/** Makes the handler of the Media Collection API: it leads each call to its endpoint. */
export function apiHandler({ sessionDeps, validation, maxBodyBytes, crossOrigin, notices, fail }: ApiDeps): Handler {
  const deps: SessionDeps = { ...sessionDeps, ...notices.ofStored() };

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

    const callDeps = call.waitUntil ? { ...deps, ...notices.ofStored(call.waitUntil) } : deps;
    if (endpoint === 'events') return handleSessionEvent(parameter, value, callDeps, { json: text });
    const handle = endpoint === 'sessions' ? handleSessionStart : handleDownloaded;
    const validationToken = call.header('x-adobe-aep-validation-token');
    return handle(value, callDeps, { json: text, validationToken });
  }

  /** The reply to a call that failed. */
  function failure(error: unknown, waitUntil: WaitUntil | undefined): Reply {
    if (error instanceof BodyUnreadable) return BODY_FAULTS[error.fault];
    const unavailable = error instanceof StoreUnavailable;
    void fail(unavailable ? 'store' : 'request', error, waitUntil);
    return rejectWith(unavailable ? 'unavailable' : 'failed');
  }

  function notifyRejection({ method, path, waitUntil }: Call, rejection: RejectedReply, seen: SeenBody): void {
    notices.ofRejection(() => {
      const { message, errors = [], more = 0 }: ErrorBody = JSON.parse(rejection.body);
      const why = { code: rejection.code, message, errors, more };
      return { method, path, status: rejection.status, ...why, body: seen.body, text: seen.text };
    }, waitUntil);
  }

  return {
    async handle(call) {
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
      if (isRejected(reply)) notifyRejection(call, reply, seen);
      return crossOrigin ? crossOrigin.withHeaders(reply, origin) : reply;
    },

    notFound(call) {
      const route = crossOrigin ? undefined : findRoute(call.path); // with CORS one that is ours was answered before
      if (route && call.method === 'OPTIONS') return allow(ENDPOINTS[route.endpoint]);
      const reply = rejectWith('unknown-path');
      if (isOfPlayer(call)) notifyRejection(call, reply, {}); // one that was pointed to the wrong place
      return crossOrigin ? crossOrigin.withHeaders(reply, () => call.header('origin')) : reply;
    },

    roots: ROOTS,
  };
}

/** Tells whether a call is a player's: a POST, or the preflight of one, after which none comes when it fails. */
function isOfPlayer(call: Call): boolean {
  if (call.method !== 'OPTIONS') return call.method === 'POST';
  return call.header('access-control-request-method') === 'POST';
}

/** The reply to a call whose body could not be read. */
export const BODY_FAULTS: Readonly<Record<BodyFault, Reply>> = {
  'too-large': rejectWith('body-too-large'),
  aborted: unreadable('The connection ended before the body did'),
  consumed: unreadable(
    'The body was read before it came here, and nothing of it was kept; mount this before, or after a JSON parser',
  ),
  form: unreadable(
    'The body was read as a form before it came here; send Content-Type: application/json, or mount this before the form parser',
  ),
};

/** The reply to a call whose body was read and is not JSON. `encoding` is its Content-Encoding. */
export function noJson(reason: string, encoding: string | undefined): Reply {
  return unreadable(encoding ? `${reason}; a Content-Encoding is not decoded here` : reason);
}
