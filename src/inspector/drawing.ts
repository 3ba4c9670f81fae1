import type { TimeSlices } from '../common/event-loop.ts';
import { SEVERITIES } from '../report/schema/diagnostic-schema.ts';
import { type AnalysedSession, positionOf } from './analysed-session.ts';
import type { DiagnosticMark, Drawing, Lane } from './api.ts';
import { laneSources } from './lane-sources.ts';
import { columnsOf, type Thinned, thinIntervals, type View } from './thinning.ts';

/** The most intervals of one lane, and of all lanes together. */
const MAX_IN_LANE = 1_200;
const MAX_IN_ALL = 3_000;
/** How many columns marks are drawn in: one in each. */
const MARK_COLUMNS = 300;
/** How many intervals are worked on between two looks at the clock. */
const STRIDE = 500;

/** How severe a diagnostic is: more is more severe. */
const RANKS = { error: 2, warning: 1, info: 0 } as const;

interface ThinnedLane extends Lane, Thinned {}

/** What was on in a session in a time, and its diagnostics. */
export async function drawingOf(
  analysed: AnalysedSession,
  slice: TimeSlices,
  view: View = analysed.whole,
): Promise<Drawing> {
  const lanes: ThinnedLane[] = [];
  for (const { kind, name, intervals } of laneSources(analysed)) {
    const thinner = thinIntervals(view, MAX_IN_LANE);
    let count = 0;
    for (const { from, to, ...rest } of intervals) {
      thinner.add({ from: positionOf(from), to: positionOf(to), ...rest });
      count += 1;
      if (count % STRIDE === 0) await slice();
    }
    if (count > 0 || kind === 'content') lanes.push({ kind, name, ...thinner.finish() });
  }
  const drawn = shareOut(lanes, view);
  const { marks, isThinned } = await marksOf(analysed, slice, view);
  return {
    asOf: analysed.asOf,
    ...view,
    isThinned: isThinned || drawn.some((lane) => lane.isThinned),
    lanes: drawn.map(({ kind, name, intervals }) => ({ kind, name, intervals })),
    marks,
  };
}

/** Thins lanes further where they are too much together; those of a fair share stay as they are. */
function shareOut(lanes: readonly ThinnedLane[], view: View): ThinnedLane[] {
  const total = lanes.reduce((sum, { intervals }) => sum + intervals.length, 0);
  if (total <= MAX_IN_ALL) return [...lanes];
  const share = Math.floor(MAX_IN_ALL / lanes.length);
  return lanes.map((lane) => {
    if (lane.intervals.length <= share) return lane;
    const thinner = thinIntervals(view, share);
    for (const interval of lane.intervals) thinner.add(interval);
    return { ...lane, ...thinner.finish() };
  });
}

/** The most severe diagnostic of each column. */
async function marksOf(
  analysed: AnalysedSession,
  slice: TimeSlices,
  view: View,
): Promise<Pick<Drawing, 'marks' | 'isThinned'>> {
  const columnOf = columnsOf(view, MARK_COLUMNS);
  const marks = new Map<number, DiagnosticMark & { readonly rank: number }>();
  let isThinned = false;
  for (const [diagnostic, { code, events }] of analysed.analysis.findings.entries()) {
    const rank = RANKS[SEVERITIES[code]];
    for (const [at, stored] of events.entries()) {
      if (at % STRIDE === 0) await slice();
      const { ts } = stored.event.playerTime;
      if (ts < view.from || ts > view.to) continue;
      const column = columnOf(ts);
      const there = marks.get(column);
      const count = there && { count: (there.count ?? 1) + 1 };
      isThinned ||= there !== undefined && there.ts !== ts; // those of one time are so in any drawing
      if (there && there.rank >= rank) marks.set(column, { ...there, ...count });
      else marks.set(column, { ...positionOf(stored), diagnostic, rank, ...count });
    }
  }
  const byTime = [...marks.values()].sort((a, b) => a.ts - b.ts);
  return { marks: byTime.map(({ rank, ...mark }) => mark), isThinned };
}
