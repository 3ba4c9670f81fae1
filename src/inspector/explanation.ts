import type { TimeSlices } from '../common/event-loop.ts';
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
  const { asOf, evidence, indexes } = analysed;
  const made = Object.hasOwn(evidence, field) ? evidence[field] : undefined;
  const intervals: Interval[] = [];
  const events: number[] = [];
  const totals = { intervals: 0, events: 0, playheads: made?.playheads?.length ?? 0 };
  const isOnPage = (place: number) => place >= from && place < from + limit;

  for (const interval of joined(made?.intervals ?? [])) {
    if (isOnPage(totals.intervals)) {
      const { from: start, to: end, ms } = interval;
      intervals.push({ from: positionOf(start, analysed), to: positionOf(end, analysed), ms });
    }
    totals.intervals += 1;
    if (totals.intervals % STRIDE === 0) await slice();
  }
  for (const stored of made?.events ?? []) {
    if (stored === undefined) continue;
    if (isOnPage(totals.events)) events.push(indexes.get(stored) ?? -1);
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
  const stored = analysis.allEvents[index];
  const diagnostics: number[] = [];
  for (const [place, { events }] of analysis.findings.entries()) {
    if (stored && events.includes(stored)) diagnostics.push(place);
    await slice();
  }
  return { asOf, diagnostics };
}
