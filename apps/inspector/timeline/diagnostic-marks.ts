import type { IndexedEvent, SessionDetail } from '../../../src/inspector/api.ts';
import type { Diagnostic } from '../../../src/report/schema/diagnostic-schema.ts';
import { fractionOf, type View } from './view.ts';

/** An occurrence of a diagnostic: the event it is about, by its index and its `ts`. */
export interface Occurrence {
  readonly index: number;
  readonly ts: number;
  readonly diagnostic: Diagnostic;
}

/** How severe a diagnostic is: more is more severe. */
export const SEVERITY_RANKS = { error: 2, warning: 1, info: 0 } as const;

/** Pixels that belong to one mark. */
const APART = 9;

/** Every occurrence of every diagnostic, by time. */
export function occurrencesOf({ report, explanations }: SessionDetail, events: readonly IndexedEvent[]): Occurrence[] {
  return report.diagnostics
    .flatMap((diagnostic, at) =>
      (explanations[`diagnostics[${at}].count`]?.events ?? []).flatMap((index) => {
        const ts = events[index]?.event.playerTime.ts;
        return ts === undefined ? [] : [{ index, ts, diagnostic }];
      }),
    )
    .sort((a, b) => a.ts - b.ts);
}

/** A drawn mark, 0 to 1 in the view: the most severe of the occurrences so close together, and how many those are. */
export interface DiagnosticMark {
  readonly at: number;
  readonly occurrence: Occurrence;
  readonly count: number;
}

/** The marks in view. Their number is bounded by the pixels there are. */
export function diagnosticMarks(occurrences: readonly Occurrence[], view: View, pixels: number): DiagnosticMark[] {
  const columns = Math.max(1, Math.floor(pixels / APART));
  const marks = new Map<number, DiagnosticMark>();
  for (const occurrence of occurrences) {
    const at = fractionOf(view, occurrence.ts);
    if (at < 0 || at > 1) continue;
    const column = Math.min(columns - 1, Math.floor(at * columns));
    const there = marks.get(column);
    const drawn = there && rankOf(there.occurrence) >= rankOf(occurrence) ? there : { at, occurrence };
    marks.set(column, { ...drawn, count: (there?.count ?? 0) + 1 });
  }
  return [...marks.values()];
}

function rankOf({ diagnostic }: Occurrence): number {
  return SEVERITY_RANKS[diagnostic.severity];
}
