import { analyse } from '../report/analysis.ts';
import { type Explanation, explanationsOf } from '../report/explain.ts';
import { reportOf } from '../report/report.ts';
import { gapBetween } from '../report/timeline/interval.ts';
import type { Timeouts } from '../session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../session/session.ts';
import type { IndexedExplanation, Mark, SessionDetail, SessionSummary } from './api.ts';
import { lanesOf } from './lanes.ts';

/** A session with its report so far, what made each number, and what was on when. */
export function sessionDetail(
  summary: SessionSummary,
  session: MediaSession,
  events: readonly StoredEvent[],
  { asOf, timeouts }: { readonly asOf: number; readonly timeouts: Timeouts },
): SessionDetail {
  const analysis = analyse(session, events, { asOf, timeouts });
  const { eventCount, ...explained } = explanationsOf(analysis); // every event; a list of them says nothing
  const explanations = Object.fromEntries(Object.entries(explained).map(([path, made]) => [path, indexed(made)]));
  const places = new Map(events.map((stored, index) => [stored, index]));
  const mark = (stored: StoredEvent): Mark => ({
    index: places.get(stored) ?? -1,
    ts: stored.event.playerTime.ts,
  });
  const lanes = lanesOf(analysis, explanations, (from, to) => ({
    from: mark(from),
    to: mark(to),
    ms: Math.max(0, gapBetween(from, to)),
  }));
  return { session: summary, report: reportOf(analysis), explanations, lanes };
}

function indexed({ intervals, events, playheads }: Explanation): IndexedExplanation {
  return {
    intervals: intervals.map(({ from, to, ms }) => ({
      from: { index: from.index, ts: from.ts },
      to: { index: to.index, ts: to.ts },
      ms,
    })),
    events: events.map(({ index }) => index),
    ...(playheads && { playheads }),
  };
}
