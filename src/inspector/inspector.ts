import type { Collector } from '../collector/collector.ts';
import { type Failure, logFailure } from '../collector/hooks.ts';
import { checkOptionNames } from '../common/option-checks.ts';
import type { Call } from '../http/call.ts';
import type { Endpoint } from '../http/endpoints.ts';
import type { Handler } from '../http/handler.ts';
import type { Reply } from '../http/reply.ts';
import { isStoreUnavailable } from '../session/store.ts';
import { callCounts } from './call-counts.ts';
import { ENDPOINTS, findRoute } from './endpoints.ts';
import { page } from './page.ts';
import { BadQuery, readQuery } from './query.ts';
import { rejectedCalls } from './rejected-calls.ts';
import { badQuery, done, jsonUnlessHeld, rejectWith, unlessHeld } from './replies.ts';
import { sessionEndpoints } from './session-endpoints.ts';
import { listSessions } from './session-list.ts';
import { sessionSummaries } from './session-summaries.ts';
import { viewerCounts } from './viewer-counts.ts';

/** Options of `createInspector`. */
export interface InspectorOptions {
  /** The collector whose sessions and rejected calls are shown. */
  readonly collector: Collector;
  /**
   * Tells whether a call may see them; by default whoever reaches the inspector may. It is not asked about the page
   * itself, which holds nothing: the page asks its viewer for a token, and sends it as `Authorization: Bearer` together
   * with the cookies of its site.
   */
  readonly authorize?: (call: Call) => boolean | Promise<boolean>;
  /** Called with what went wrong on the server's side, by default `console.error`. It must not throw. */
  readonly onError?: (failure: Failure) => void;
}

/**
 * Makes the inspector of a collector: a page to watch sessions on, and the JSON API behind it. Mount it as a
 * collector is, with any adapter, under a path of its own. It counts and keeps rejected calls of this process from
 * now on, and reads sessions from the store.
 *
 * @throws TypeError when an option is wrong or unknown.
 *
 * @example
 * const authorize = (call) => call.header('authorization') === `Bearer ${secret}`; // as the page sends it
 * const inspector = createInspector({ collector, authorize });
 * app.use('/inspect', sessionsMiddleware(inspector)); // Express; elsewhere sessionsMiddleware(inspector, { prefix: '/inspect' })
 */
export function createInspector(options: InspectorOptions): Handler {
  checkOptions(options);
  const { collector, authorize = () => true, onError = logFailure } = options;

  const calls = callCounts(() => collector.now());
  const rejected = rejectedCalls();
  const summaries = sessionSummaries(collector);
  const ofSession = sessionEndpoints(collector, summaries);
  const countViewers = viewerCounts(collector);
  let shownSince = 0;

  collector.observe({
    onSessionStart({ session, events }) {
      calls.accepted();
      const [first] = events;
      if (first) summaries.add(session.sid, first);
    },
    onEvent() {
      calls.accepted();
    },
    onReject(rejection) {
      calls.rejected();
      rejected.add(rejection, collector.now());
    },
  });

  /** Starts over. What the store keeps stays there, and is not listed any more. */
  function reset(): Reply {
    rejected.clear();
    calls.startOver();
    shownSince = calls.totals().since;
    return done;
  }

  async function respond(call: Call): Promise<Reply> {
    const route = findRoute(call.path);
    if (route === undefined) return rejectWith('unknown-path');
    const { endpoint, parameter: sid } = route;
    const { methods }: Endpoint = ENDPOINTS[endpoint];
    if (!methods.includes(call.method)) return rejectWith('method-not-allowed', { Allow: methods.join(', ') });
    const ifNoneMatch = call.header('if-none-match');
    if (endpoint === 'page') return showPage(ifNoneMatch);
    if (!(await authorize(call))) return rejectWith('unauthorized', { 'WWW-Authenticate': 'Bearer' });

    const query = readQuery(call.query());
    switch (endpoint) {
      case 'sessions':
        return jsonUnlessHeld(await listSessions(collector, summaries, query, shownSince), ifNoneMatch);
      case 'rejections':
        return jsonUnlessHeld(rejected.list(query), ifNoneMatch);
      case 'totals':
        return jsonUnlessHeld(calls.totals(), ifNoneMatch);
      case 'viewers':
        return jsonUnlessHeld(await countViewers(shownSince), ifNoneMatch);
      case 'reset':
        return reset();
      default:
        return ofSession[endpoint]({ sid, query, ifNoneMatch });
    }
  }

  function failure(error: unknown): Reply {
    if (error instanceof BadQuery) return badQuery(error.message);
    onError({ error, during: 'inspector' });
    return rejectWith(isStoreUnavailable(error) ? 'unavailable' : 'failed');
  }

  return {
    handle: (call) => respond(call).catch(failure),
    notFound: () => rejectWith('unknown-path'),
    roots: ['/'],
  };
}

function checkOptions(options: InspectorOptions): void {
  if (typeof options?.collector?.observe !== 'function') {
    throw new TypeError('createInspector: give it a collector, { collector }');
  }
  // A misspelt authorize would let everyone in.
  checkOptionNames(options, ['collector', 'authorize', 'onError'], 'createInspector');
  const { authorize, onError } = options;
  if (onError !== undefined && typeof onError !== 'function') {
    throw new TypeError('createInspector: onError must be a function');
  }
  if (authorize !== undefined && typeof authorize !== 'function') {
    throw new TypeError('createInspector: authorize must be a function from a call to a boolean');
  }
}

function showPage(ifNoneMatch: string | undefined): Promise<Reply> {
  return unlessHeld(ifNoneMatch, 'text/html; charset=utf-8', page.html, {
    'Content-Security-Policy': page.csp,
    'Referrer-Policy': 'no-referrer',
  });
}
