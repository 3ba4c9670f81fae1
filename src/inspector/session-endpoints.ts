import type { Collector } from '../collector/collector.ts';
import { holds } from '../http/entity-tag.ts';
import type { Reply } from '../http/reply.ts';
import { asOfNow } from '../report/sections/closing.ts';
import { isOpen } from '../session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../session/session.ts';
import type { EventList, SessionDetail } from './api.ts';
import type { Query } from './query.ts';
import { json, rejectWith, unchanged } from './replies.ts';
import { sessionDetail } from './session-detail.ts';
import type { SessionSummaries } from './session-summaries.ts';

/** The endpoints of one session. */
export interface SessionEndpoints {
  /** Answers with the session, its report and what that is made of. */
  detail(sid: string, ifNoneMatch: string | undefined): Promise<Reply>;
  /** Answers with the events from an index on. */
  events(sid: string, query: Query, ifNoneMatch: string | undefined): Promise<Reply>;
}

/** What is shown of a session; undefined when it was forgotten meanwhile. */
type Show<Shown> = (session: MediaSession, events: readonly StoredEvent[]) => Promise<Shown | undefined>;

/** How long a session must be quiet, in milliseconds, before its tag can tell whether an event came since. */
const QUIET = 2_000;

/** Makes the endpoints of the sessions of a collector. */
export function sessionEndpoints(collector: Collector, summaries: SessionSummaries): SessionEndpoints {
  async function answer<Shown>(sid: string, ifNoneMatch: string | undefined, show: Show<Shown>): Promise<Reply> {
    const session = await collector.session(sid);
    if (session === undefined) return rejectWith('unknown-session');
    const tag = tagOf(session, collector.now());
    if (tag !== undefined && holds(ifNoneMatch, tag)) return unchanged(tag);
    const events = await collector.events(sid);
    const shown = events && (await show(session, events));
    return shown ? json(shown, tag) : rejectWith('unknown-session');
  }

  return {
    detail: (sid, ifNoneMatch) =>
      answer<SessionDetail>(sid, ifNoneMatch, async (session, events) => {
        const summary = await summaries.of(session);
        const { timeouts } = collector;
        return summary && sessionDetail(summary, session, events, { asOf: asOfNow(collector.now(), events), timeouts });
      }),

    async events(sid, query, ifNoneMatch) {
      const from = query.integer('from', 0, 0, 1e9);
      const limit = query.integer('limit', 1000, 1, 5000);
      return answer<EventList>(sid, ifNoneMatch, async (_session, events) => {
        const shown = events.slice(from, from + limit).map((stored, at) => ({ index: from + at, ...stored }));
        const next = from + shown.length;
        return { events: shown, next, more: next < events.length };
      });
    },
  };
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
