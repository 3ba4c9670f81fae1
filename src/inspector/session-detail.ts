import { runAtOnce } from '../common/work.ts';
import { analyse } from '../report/analysis.ts';
import { type ExplainedEvent, type ExplainedInterval, type Explanation, explanationsOf } from '../report/explain.ts';
import { breaksOf, lanesOf, type Lane as ReportLane } from '../report/lanes.ts';
import { reportOf } from '../report/report.ts';
import type { Timeouts } from '../session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../session/session.ts';
import type { EventPosition, IndexedExplanation, Interval, Lane, SessionDetail, SessionSummary } from './api.ts';

/** A session with its report so far, what made each number, and what was on when. */
export function sessionDetail(
  summary: SessionSummary,
  session: MediaSession,
  events: readonly StoredEvent[],
  { asOf, timeouts }: { readonly asOf: number; readonly timeouts: Timeouts },
): SessionDetail {
  const analysis = runAtOnce(analyse(session, events, { asOf, timeouts }));
  const report = runAtOnce(reportOf(analysis));
  const { eventCount, ...explanations } = runAtOnce(explanationsOf(analysis)); // every event; a list of them says nothing
  return {
    session: summary,
    report,
    explanations: Object.fromEntries(Object.entries(explanations).map(([path, made]) => [path, indexed(made)])),
    lanes: runAtOnce(lanesOf(report, explanations, runAtOnce(breaksOf(analysis)))).map(laneOf),
  };
}

function indexed({ intervals, events, playheads }: Explanation): IndexedExplanation {
  return {
    intervals: intervals.map(intervalOf),
    events: events.map(({ index }) => index),
    ...(playheads && { playheads }),
  };
}

function laneOf({ kind, name, intervals }: ReportLane): Lane {
  return {
    kind,
    name,
    intervals: intervals.map(({ field, label, ...interval }) => ({
      ...intervalOf(interval),
      ...(field !== undefined && { field }),
      ...(label !== undefined && { label }),
    })),
  };
}

function intervalOf({ from, to, ms }: ExplainedInterval): Interval {
  return { from: positionOf(from), to: positionOf(to), ms };
}

function positionOf({ index, ts }: ExplainedEvent): EventPosition {
  return { index, ts };
}
