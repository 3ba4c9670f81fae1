import type { TimeSlices } from '../common/event-loop.ts';
import { find } from '../common/list-work.ts';
import { runInSlices } from '../common/work.ts';
import { type AnalysedSession, positionOf } from './analysed-session.ts';
import type { EventDiagnostics, IndexedExplanation, Interval } from './api.ts';
import { joined } from './lane-sources.ts';

/** A page of a list. */
export interface Page {
  readonly from: number;
  readonly limit: number;
}

/** How many entries are worked on between two looks at the clock. */
const STRIDE = 500;

/** What made one number of the report, from a place on; nothing where no number has the path. */
export async function explanationOf(
  analysed: AnalysedSession,
  field: string,
  { from, limit }: Page,
  slice: TimeSlices,
): Promise<IndexedExplanation> {
  const { asOf, evidence } = analysed;
  const made = evidence[field];
  const intervals: Interval[] = [];
  const events: number[] = [];
  const totals = { intervals: 0, events: 0, playheads: made?.playheads?.length ?? 0 };
  const isOnPage = (place: number) => place >= from && place < from + limit;

  for (const interval of joined(made?.intervals ?? [])) {
    if (isOnPage(totals.intervals)) {
      const { from: start, to: end, ms } = interval;
      intervals.push({ from: positionOf(start), to: positionOf(end), ms });
    }
    totals.intervals += 1;
    if (totals.intervals % STRIDE === 0) await slice();
  }
  for (const stored of made?.events ?? []) {
    if (stored === undefined) continue;
    if (isOnPage(totals.events)) events.push(stored.index);
    totals.events += 1;
    if (totals.events % STRIDE === 0) await slice();
  }
  const next = from + limit;
  const isMore = Math.max(totals.intervals, totals.events, totals.playheads) > next;
  return {
    asOf,
    intervals,
    events,
    ...(made?.playheads && { playheads: made.playheads.slice(from, next) }),
    totals,
    ...(isMore && { next }),
  };
}

/** The diagnostics about an event. */
export async function diagnosticsOf(
  analysed: AnalysedSession,
  index: number,
  slice: TimeSlices,
): Promise<EventDiagnostics> {
  const { asOf, analysis } = analysed;
  const diagnostics: number[] = [];
  for (const [place, { events }] of analysis.findings.entries()) {
    if (
      await runInSlices(
        find(events, (found) => found.index === index),
        slice,
      )
    )
      diagnostics.push(place);
  }
  return { asOf, diagnostics };
}
