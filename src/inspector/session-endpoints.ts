import type { Collector } from '../collector/collector.ts';
import { timeSlices } from '../common/event-loop.ts';
import type { MaybePromise } from '../common/maybe-promise.ts';
import { holds } from '../http/entity-tag.ts';
import type { Reply } from '../http/reply.ts';
import type { MediaSession } from '../session/session.ts';
import { isTooLarge } from './analysed-session.ts';
import type { SessionDetail } from './api.ts';
import { drawingOf } from './drawing.ts';
import { eventListOf } from './event-list.ts';
import { diagnosticsOf, explanationOf, type Page } from './explanation.ts';
import { type KeptSession, keptAnalyses } from './kept-analyses.ts';
import { BadQuery, type Query } from './query.ts';
import { jsonText, rejectWith, unchanged } from './replies.ts';
import { reportHeadOf, reportListOf } from './report-parts.ts';
import type { SessionSummaries } from './session-summaries.ts';
import { quietTagOf } from './session-tag.ts';
import type { View } from './thinning.ts';

/** What is asked about a session. */
interface Question {
  readonly sid: string;
  readonly query: Query;
  readonly ifNoneMatch: string | undefined;
}

/** The endpoints of one session. */
export type SessionEndpoint = 'session' | 'lanes' | 'ads' | 'chapters' | 'explanation' | 'diagnostics' | 'events';

/** What an endpoint shows of a session that was read, as JSON; undefined when it was forgotten meanwhile. */
type Show = (kept: KeptSession, query: Query, session: MediaSession) => MaybePromise<string | undefined>;

/** Makes the endpoints of the sessions of a collector. */
export function sessionEndpoints(
  collector: Collector,
  summaries: SessionSummaries,
): Readonly<Record<SessionEndpoint, (question: Question) => Promise<Reply>>> {
  const slice = timeSlices();
  const analyses = keptAnalyses(collector, slice);

  const showing =
    (show: Show) =>
    async ({ sid, query, ifNoneMatch }: Question): Promise<Reply> => {
      const session = await collector.session(sid);
      if (session === undefined) return rejectWith('unknown-session');
      const tag = quietTagOf(session, collector.now());
      if (tag !== undefined && holds(ifNoneMatch, tag)) return unchanged(tag);
      try {
        const kept = await analyses.of(session);
        if (kept && holds(ifNoneMatch, kept.tag)) return unchanged(kept.tag);
        const shown = kept && (await show(kept, query, session));
        return kept && shown !== undefined ? jsonText(shown, kept.tag) : rejectWith('unknown-session');
      } catch (error) {
        if (isTooLarge(error)) return rejectWith('too-large');
        throw error;
      }
    };

  return {
    session: showing(async (kept, _query, session) => {
      const summary = await summaries.of(session);
      const { value: report, isWhole } = await reportHeadOf(kept, slice);
      const detail = summary && {
        session: summary,
        report,
        ...(!isWhole && { shortened: true as const }),
        ...(await drawingOf(kept, slice)),
      };
      return detail && JSON.stringify(detail satisfies SessionDetail);
    }),
    lanes: showing(async (kept, query) => JSON.stringify(await drawingOf(kept, slice, viewOf(query)))),
    ads: showing((kept, query) => reportListOf(kept, 'ads', pageOf(query, 100, 1000), slice)),
    chapters: showing((kept, query) => reportListOf(kept, 'chapters', pageOf(query, 100, 1000), slice)),
    explanation: showing(async (kept, query) =>
      JSON.stringify(await explanationOf(kept, query.text('field') ?? '', pageOf(query, 1000, 5000), slice)),
    ),
    diagnostics: showing(async (kept, query) =>
      JSON.stringify(await diagnosticsOf(kept, query.integer('event', 0, 0, 1e9), slice)),
    ),

    async events({ sid, query, ifNoneMatch }) {
      const page = pageOf(query, 1000, 5000);
      const session = await collector.session(sid);
      if (session === undefined) return rejectWith('unknown-session');
      const tag = quietTagOf(session, collector.now());
      if (tag !== undefined && holds(ifNoneMatch, tag)) return unchanged(tag);
      const list = await eventListOf(collector, sid, page, slice);
      return list === undefined ? rejectWith('unknown-session') : jsonText(list, tag);
    },
  };
}

function pageOf(query: Query, usual: number, most: number): Page {
  return { from: query.integer('from', 0, 0, 1e9), limit: query.integer('limit', usual, 1, most) };
}

/** The time that is asked about; undefined: all of the session. */
function viewOf(query: Query): View | undefined {
  const [from, to] = [query.number('from'), query.number('to')];
  if (from === undefined && to === undefined) return undefined;
  if (from !== undefined && to !== undefined && from < to) return { from, to };
  throw new BadQuery('from and to must be times in Unix milliseconds, from before to');
}
