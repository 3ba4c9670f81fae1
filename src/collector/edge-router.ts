import { chain, type MaybePromise } from '../common/maybe-promise.ts';
import { EDGE_ENDPOINTS, type EdgeEndpointName, type EdgeRoute, edgeRoots, edgeRoutes } from '../edge/endpoints.ts';
import { framingOf } from '../edge/framing.ts';
import { createEdgeReader } from '../edge/read-request.ts';
import { type Answering, handled, problem, refusedEvent } from '../edge/replies.ts';
import type { SessionDeps } from '../handlers/deps.ts';
import { handleConsent } from '../handlers/edge/consent.ts';
import { type EdgeContext, handleEdgeMedia } from '../handlers/edge/media.ts';
import { sentStarts } from '../handlers/edge/sent-starts.ts';
import { handleEdgeSchema } from '../handlers/schema.ts';
import type { Call } from '../http/call.ts';
import type { Reply } from '../http/reply.ts';
import type { CloseMode } from '../wire/field.ts';
import { wholeBody } from '../wire/reasons.ts';
import { allow, noContent } from '../wire/replies.ts';
import { type AnswerDeps, answerCalls, type Protocol } from './answer-calls.ts';
import type { Cors } from './cors.ts';
import type { EdgeOptions } from './edge-options.ts';
import type { ReadBody } from './notifier.ts';
import { isOfPlayer, type SecondRouter } from './router.ts';

/** What the router works with. */
export interface EdgeRouterDeps extends AnswerDeps {
  readonly options: EdgeOptions;
  readonly validation: CloseMode;
  /** Undefined where CORS is the host's. */
  readonly crossOrigin: Cors | undefined;
}

/** What an id of a request may be: a UUID of an SDK. Any other is not repeated in an answer. */
const REQUEST_ID = /^[\w.-]{1,64}$/;

/** Leads each call of the Media Edge API to the handler of its endpoint. */
export function edgeRouter(deps: EdgeRouterDeps): SecondRouter {
  const { options, crossOrigin, notify } = deps;
  const roots = edgeRoots(options.basePath && `/${options.basePath.replace(/^\//, '')}`);
  const findRoute = edgeRoutes(roots);

  return {
    handle: answerCalls(mediaEdge(deps, findRoute), deps),

    notFound(call) {
      const route = crossOrigin ? undefined : findRoute(call.path);
      if (route && call.method === 'OPTIONS') return allow(EDGE_ENDPOINTS[route.endpoint]);
      if (!roots.some((root) => call.path.startsWith(`${root}/`))) return undefined;
      const rejection = problem('unknown-path');
      if (isOfPlayer(call)) notify.rejected(call, undefined, rejection, {});
      return crossOrigin ? crossOrigin.withHeaders(rejection, () => call.header('origin')) : rejection;
    },

    roots,
  };
}

function mediaEdge(
  { options, validation, crossOrigin }: EdgeRouterDeps,
  findRoute: (path: string) => EdgeRoute | undefined,
): Protocol<EdgeEndpointName> {
  const read = createEdgeReader(validation);
  const starts = sentStarts();

  function answerRead(call: Call, route: EdgeRoute, { value }: ReadBody, sessions: SessionDeps): MaybePromise<Reply> {
    const deps = { sessions, read, sentStarts: starts };
    const context = () => contextOf(call, value);
    switch (route.endpoint) {
      case 'edgeInteract': // whose client waits for a list of handles, be it empty
        return chain(handleEdgeMedia(value, undefined, deps, context), (reply) =>
          reply === noContent ? handled([], context()) : reply,
        );
      case 'edgeCollect': // whose client has left
        return chain(handleEdgeMedia(value, undefined, deps, context), (reply) =>
          reply.status === 200 ? noContent : reply,
        );
      case 'edgeIdentity':
        return handled([], context());
      case 'edgeConsent':
        return handleConsent(value, options.orgId, context());
      default:
        return handleEdgeMedia(value, route.parameter, deps, context);
    }
  }

  return {
    endpoints: EDGE_ENDPOINTS,
    findRoute,
    crossOrigin,
    answerUnread: (call, { parameter }) => handleEdgeSchema(parameter, validation, call.header('if-none-match')),
    answerRead,
    methodNotAllowed: (call, endpoint) => problem('method-not-allowed', namingOf(call), allow(endpoint).headers),
    unreadable: (call, reason) => refusedEvent(wholeBody('unreadable', reason), namingOf(call)),
    reject: (call, why) => problem(why, namingOf(call)),
  };
}

function contextOf(call: Call, body: unknown): EdgeContext {
  const query = new URLSearchParams(call.query());
  return {
    ...namingOf(call, query),
    framing: framingOf(body),
    datastream: query.get('configId') ?? '',
    validationToken: call.header('x-adobe-aep-validation-token') ?? query.get('adobeAepValidationToken') ?? undefined,
  };
}

/** The id of a request: its client's, or one made here. */
function namingOf(call: Call, query = new URLSearchParams(call.query())): Answering & Pick<EdgeContext, 'isNamed'> {
  const given = query.get('requestId') ?? '';
  const isNamed = REQUEST_ID.test(given);
  return { requestId: isNamed ? given : crypto.randomUUID(), isNamed };
}
