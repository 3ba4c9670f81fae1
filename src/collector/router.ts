import type { MaybePromise } from '../common/maybe-promise.ts';
import type { SessionDeps } from '../handlers/deps.ts';
import { handleDownloaded } from '../handlers/downloaded.ts';
import { handleSchema } from '../handlers/schema.ts';
import { handleSessionEvent } from '../handlers/session-event.ts';
import { handleSessionStart } from '../handlers/session-start.ts';
import type { Call, WaitUntil } from '../http/call.ts';
import type { Handler } from '../http/handler.ts';
import type { Reply } from '../http/reply.ts';
import { ENDPOINTS, type EndpointName, findRoute, ROOTS, type Route } from '../wire/endpoints.ts';
import type { ValidationMode } from '../wire/field.ts';
import { allow, methodNotAllowed, rejectWith, unreadable } from '../wire/replies.ts';
import { type AnswerDeps, answerCalls, type Protocol } from './answer-calls.ts';
import type { Cors } from './cors.ts';
import type { ReadBody } from './notifier.ts';

/** What the router works with. */
export interface RouterDeps extends AnswerDeps {
  /** Which schemas are served. */
  readonly validation: ValidationMode;
  /** Undefined where CORS is the host's. */
  readonly crossOrigin: Cors | undefined;
  /** Called first with every call. */
  readonly onCall: (waitUntil: WaitUntil | undefined) => void;
  /** A second protocol, which is asked about what is not the first's. */
  readonly second: SecondRouter | undefined;
}

/** The router of a protocol that is served beside the Media Collection API. */
export interface SecondRouter extends Pick<Handler, 'handle' | 'roots'> {
  /** Undefined for a call that the protocol has nothing to say about. */
  notFound(call: Call): Reply | undefined;
}

/** Leads each call of the Media Collection API to the handler of its endpoint. */
export function router(deps: RouterDeps): Handler {
  const { crossOrigin, notify, second, onCall } = deps;
  const answer = answerCalls(mediaCollection(deps), deps);

  return {
    handle(call) {
      onCall(call.waitUntil);
      return answer(call) ?? second?.handle(call);
    },

    notFound(call) {
      const route = crossOrigin ? undefined : findRoute(call.path); // with CORS one that is ours was answered before
      if (route && call.method === 'OPTIONS') return allow(ENDPOINTS[route.endpoint]);
      const reply = second?.notFound(call);
      if (reply) return reply;
      const rejection = rejectWith('unknown-path');
      if (isOfPlayer(call)) notify.rejected(call, undefined, rejection, {}); // one that was pointed to the wrong place
      return crossOrigin ? crossOrigin.withHeaders(rejection, () => call.header('origin')) : rejection;
    },

    roots: second ? [...ROOTS, ...second.roots] : ROOTS,
  };
}

function mediaCollection({ validation, crossOrigin }: RouterDeps): Protocol<EndpointName> {
  return {
    endpoints: ENDPOINTS,
    findRoute,
    crossOrigin,
    answerUnread: (call, { parameter }) => handleSchema(parameter, validation, call.header('if-none-match')),
    answerRead,
    methodNotAllowed: (_, endpoint) => methodNotAllowed(endpoint),
    unreadable: (_, reason) => unreadable(reason),
    reject: (_, why) => rejectWith(why),
  };
}

function answerRead(
  call: Call,
  { endpoint, parameter }: Route,
  { value, text: json }: ReadBody,
  deps: SessionDeps,
): MaybePromise<Reply> {
  if (endpoint === 'events') return handleSessionEvent(parameter, value, deps, { json });
  const handle = endpoint === 'sessions' ? handleSessionStart : handleDownloaded;
  return handle(value, deps, { json, validationToken: call.header('x-adobe-aep-validation-token') });
}

/** Tells whether a call is a player's: a POST, or the preflight of one, after which none comes when it fails. */
export function isOfPlayer(call: Call): boolean {
  if (call.method !== 'OPTIONS') return call.method === 'POST';
  return call.header('access-control-request-method') === 'POST';
}
