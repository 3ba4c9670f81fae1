import type { Call, Handler } from '../call.ts';
import type { Collector } from '../collector.ts';
import { logFailure } from '../hooks.ts';
import { checkedMount, pathBelow } from '../mount.ts';
import { checkOptionNames } from '../option-checks.ts';
import type { Failure } from '../options.ts';
import { isOpen } from '../session/lifecycle.ts';
import type { MediaSession } from '../session/session.ts';
import { StoreUnavailable } from '../session/store.ts';
import { entityTag, holds } from '../wire/entity-tag.ts';
import type { Reply } from '../wire/replies.ts';
import type { EventList, Totals } from './api.ts';
import { page } from './page/bundle.ts';
import { BadQuery, type Query, readQuery } from './query.ts';
import { rejectedCalls } from './rejected-calls.ts';
import { answer, document, done, refuse, unchanged } from './replies.ts';
import { findRoute } from './routes.ts';
import { sessionDetail } from './session-detail.ts';
import { listSessions } from './session-list.ts';
import { summaries } from './summaries.ts';
import { viewerCounts } from './viewers.ts';

/** What the inspector shows, to whom, and where. */
export interface InspectorOptions {
  /** Whose sessions and refused calls are shown. */
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

/** How long a session must be quiet, in milliseconds, before its tag can tell whether an event came since. */
const QUIET = 2_000;

/**
 * Makes the inspector of a collector: a page to watch sessions on, and the JSON API behind it. Mount it as a
 * collector is, with any adapter, under a path of its own. It counts and keeps refused calls of this process from
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
  if (typeof options?.collector?.observe !== 'function') {
    throw new TypeError('createInspector: give it a collector, { collector }');
  }
  // A misspelt authorize would let everyone in.
  checkOptionNames(options, ['collector', 'authorize', 'path', 'onError'], 'createInspector');
  const { collector, authorize = () => true, path = '', onError = logFailure } = options;
  if (typeof onError !== 'function') throw new TypeError('createInspector: onError must be a function');
  if (typeof authorize !== 'function') {
    throw new TypeError('createInspector: authorize must be a function from a call to a boolean');
  }
  const mounted = checkedMount('createInspector: path', '/inspect', path);

  const refused = rejectedCalls();
  const starts = summaries(collector);
  const countViewers = viewerCounts(collector);
  let accepted = 0;
  let rejected = 0;
  let countedSince = collector.now();
  let shownSince = 0;

  collector.observe({
    onSessionStart({ session, events }) {
      accepted += 1;
      starts.note(session.sid, events);
    },
    onEvent() {
      accepted += 1;
    },
    onReject(rejection) {
      rejected += 1;
      refused.add(rejection, collector.now());
    },
  });

  /** Starts over. What the store keeps stays there, and is not listed any more. */
  function reset(): Reply {
    refused.clear();
    accepted = 0;
    rejected = 0;
    countedSince = collector.now();
    shownSince = countedSince;
    return done;
  }

  async function showSession(sid: string, ifNoneMatch: string | undefined): Promise<Reply> {
    const session = await collector.session(sid);
    const tag = session && tagOf(session, collector.now());
    if (tag !== undefined && holds(ifNoneMatch, tag)) return unchanged(tag);
    const summary = session && (await starts.of(session));
    const events = session && (await collector.events(sid));
    if (!session || !summary || !events) return refuse('unknownSession');
    const { timeouts } = collector;
    const asOf = Math.max(collector.now(), events.at(-1)?.receivedAt ?? 0); // another process's clock may be ahead
    return answer(sessionDetail(summary, session, events, { asOf, timeouts }), tag);
  }

  async function showEvents(sid: string, query: Query, ifNoneMatch: string | undefined): Promise<Reply> {
    const from = query.integer('from', 0, 0, 1e9);
    const limit = query.integer('limit', 1000, 1, 5000);
    const session = await collector.session(sid);
    const tag = session && tagOf(session, collector.now());
    if (tag !== undefined && holds(ifNoneMatch, tag)) return unchanged(tag);
    const events = session && (await collector.events(sid));
    if (!events) return refuse('unknownSession');
    const shown = events.slice(from, from + limit).map((stored, at) => ({ index: from + at, ...stored }));
    const next = from + shown.length;
    return answer({ events: shown, next, more: next < events.length } satisfies EventList, tag);
  }

  function totals(): Totals {
    return { total: accepted + rejected, accepted, rejected, since: countedSince };
  }

  /** An answer that its client may hold already. */
  async function tagged(value: unknown, ifNoneMatch: string | undefined): Promise<Reply> {
    const body = JSON.stringify(value);
    const tag = await entityTag(body);
    return holds(ifNoneMatch, tag) ? unchanged(tag) : document('application/json', body, tag);
  }

  async function respond(call: Call, below: string): Promise<Reply> {
    const found = findRoute(below);
    if (found === undefined) return refuse('unknownPath');
    const { route, sid } = found;
    if (!route.methods.includes(call.method)) return refuse('methodNotAllowed', { Allow: route.methods.join(', ') });
    const ifNoneMatch = call.header('if-none-match');
    if (route.name === 'page') return showPage(ifNoneMatch);
    if (!(await authorize(call))) return refuse('unauthorized', { 'WWW-Authenticate': 'Bearer' });

    const query = readQuery(call.query());
    switch (route.name) {
      case 'sessions':
        return tagged(await listSessions(collector, starts, query, shownSince), ifNoneMatch);
      case 'session':
        return showSession(sid, ifNoneMatch);
      case 'events':
        return showEvents(sid, query, ifNoneMatch);
      case 'rejections':
        return tagged(refused.list(query), ifNoneMatch);
      case 'totals':
        return tagged(totals(), ifNoneMatch);
      case 'viewers':
        return tagged(await countViewers(shownSince), ifNoneMatch);
      case 'reset':
        return reset();
    }
  }

  function failure(error: unknown): Reply {
    if (error instanceof BadQuery) return refuse('badQuery', {}, error.message);
    onError({ error, during: 'inspector' });
    return refuse(error instanceof StoreUnavailable ? 'unavailable' : 'failed');
  }

  return {
    async handle(call) {
      const below = pathBelow(mounted, call.path);
      return below === undefined ? undefined : respond(call, below).catch(failure);
    },
    decline: () => refuse('unknownPath'),
    roots: [path || '/'],
  };
}

async function showPage(ifNoneMatch: string | undefined): Promise<Reply> {
  const tag = await entityTag(page.html);
  if (holds(ifNoneMatch, tag)) return unchanged(tag);
  return document('text/html; charset=utf-8', page.html, tag, {
    'Content-Security-Policy': page.csp,
    'Referrer-Policy': 'no-referrer',
  });
}

/**
 * The entity tag of a session as it is now; undefined right after an event, since another may come in the same
 * millisecond, and the tag would be the same.
 */
function tagOf(session: MediaSession, now: number): string | undefined {
  if (now - session.lastEventAt < QUIET) return undefined;
  const { lastEventAt, deadline, playhead } = session;
  return `"${lastEventAt}-${deadline}-${playhead}-${isOpen(session, now) ? 'open' : 'closed'}"`;
}
