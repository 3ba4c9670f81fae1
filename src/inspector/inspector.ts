import type { Collector } from '../collector/collector.ts';
import { logFailure } from '../collector/hooks.ts';
import type { Failure } from '../collector/options.ts';
import { checkOptionNames } from '../common/option-checks.ts';
import { checkedMount, pathBelow } from '../http/base-path.ts';
import type { Call, Handler } from '../http/call.ts';
import { StoreUnavailable } from '../session/store.ts';
import type { Reply } from '../wire/replies.ts';
import { callCounts } from './call-counts.ts';
import { page } from './page.ts';
import { BadQuery, readQuery } from './query.ts';
import { rejectedCalls } from './rejected-calls.ts';
import { badQuery, done, jsonUnlessHeld, rejectWith, unlessHeld } from './replies.ts';
import { findRoute } from './routes.ts';
import { sessionAnswers } from './session-answers.ts';
import { listSessions } from './session-list.ts';
import { keptSummaries } from './summaries.ts';
import { viewerCounts } from './viewers.ts';

/** What the inspector shows, to whom, and where. */
export interface InspectorOptions {
  /** Whose sessions and rejected calls are shown. */
  readonly collector: Collector;
  /**
   * Tells whether a call may see them. Without it whoever reaches the inspector may. It is not asked about the
   * page itself, which holds nothing, sends `Authorization: Bearer` with a token that it asks for, and sends
   * the cookies of its own site.
   */
  readonly authorize?: (call: Call) => boolean | Promise<boolean>;
  /** The path it is mounted under, where URLs still have it, as on node:http: `/inspect`. */
  readonly path?: string;
  /** Called with what went wrong on this side. It must not throw. By default `console.error`. */
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
 * app.use('/inspect', sessionsMiddleware(inspector)); // Express
 */
export function createInspector(options: InspectorOptions): Handler {
  checkOptions(options);
  const { collector, authorize = () => true, path = '', onError = logFailure } = options;
  const mounted = checkedMount('createInspector: path', '/inspect', path);

  const calls = callCounts(() => collector.now());
  const rejected = rejectedCalls();
  const summaries = keptSummaries(collector);
  const ofSession = sessionAnswers(collector, summaries);
  const countViewers = viewerCounts(collector);
  let shownSince = 0;

  collector.observe({
    onSessionStart({ session, events }) {
      calls.accepted();
      summaries.note(session.sid, events);
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

  async function respond(call: Call, below: string): Promise<Reply> {
    const found = findRoute(below);
    if (found === undefined) return rejectWith('unknownPath');
    const { route, sid } = found;
    if (!route.methods.includes(call.method))
      return rejectWith('methodNotAllowed', { Allow: route.methods.join(', ') });
    const ifNoneMatch = call.header('if-none-match');
    if (route.name === 'page') return showPage(ifNoneMatch);
    if (!(await authorize(call))) return rejectWith('unauthorized', { 'WWW-Authenticate': 'Bearer' });

    const query = readQuery(call.query());
    switch (route.name) {
      case 'sessions':
        return jsonUnlessHeld(await listSessions(collector, summaries, query, shownSince), ifNoneMatch);
      case 'session':
        return ofSession.detail(sid, ifNoneMatch);
      case 'events':
        return ofSession.events(sid, query, ifNoneMatch);
      case 'rejections':
        return jsonUnlessHeld(rejected.list(query), ifNoneMatch);
      case 'totals':
        return jsonUnlessHeld(calls.totals(), ifNoneMatch);
      case 'viewers':
        return jsonUnlessHeld(await countViewers(shownSince), ifNoneMatch);
      case 'reset':
        return reset();
    }
  }

  function failure(error: unknown): Reply {
    if (error instanceof BadQuery) return badQuery(error.message);
    onError({ error, during: 'inspector' });
    return rejectWith(error instanceof StoreUnavailable ? 'unavailable' : 'failed');
  }

  return {
    async handle(call) {
      const below = pathBelow(mounted, call.path);
      return below === undefined ? undefined : respond(call, below).catch(failure);
    },
    notFound: () => rejectWith('unknownPath'),
    roots: [path || '/'],
  };
}

function checkOptions(options: InspectorOptions): void {
  if (typeof options?.collector?.observe !== 'function') {
    throw new TypeError('createInspector: give it a collector, { collector }');
  }
  // A misspelt authorize would let everyone in.
  checkOptionNames(options, ['collector', 'authorize', 'path', 'onError'], 'createInspector');
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
