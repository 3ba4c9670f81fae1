import type { DiagnosticMark } from '../../../src/inspector/api.ts';
import type { Diagnostic } from '../../../src/report/schema/diagnostic-schema.ts';
import { fractionOf, type View } from './view.ts';

/** An occurrence of a diagnostic: the event it is about, by its index and its `ts`. */
export interface Occurrence {
  readonly index: number;
  readonly ts: number;
  readonly diagnostic: Diagnostic;
  /** How many occurrences it stands for; the diagnostic is that of the most severe. */
  readonly count: number;
}

/** How severe a diagnostic is: more is more severe. */
export const SEVERITY_RANKS = { error: 2, warning: 1, info: 0 } as const;

/** Pixels that belong to one mark. */
const APART = 9;

/** The occurrences that marks stand for, by time. */
export function occurrencesOf(marks: readonly DiagnosticMark[], diagnostics: readonly Diagnostic[]): Occurrence[] {
  return marks.flatMap(({ index, ts, diagnostic: place, count = 1 }) => {
    const diagnostic = diagnostics[place];
    return diagnostic === undefined ? [] : [{ index, ts, diagnostic, count }];
  });
}

/** A drawn mark, 0 to 1 in the view: the most severe of the occurrences so close together, and how many those are. */
export interface DrawnMark {
  readonly at: number;
  readonly occurrence: Occurrence;
  readonly count: number;
}

/** The marks in view. Their number is bounded by the pixels there are. */
export function diagnosticMarks(occurrences: readonly Occurrence[], view: View, pixels: number): DrawnMark[] {
  const columns = Math.max(1, Math.floor(pixels / APART));
  const marks = new Map<number, DrawnMark>();
  for (const occurrence of occurrences) {
    const at = fractionOf(view, occurrence.ts);
    if (at < 0 || at > 1) continue;
    const column = Math.min(columns - 1, Math.floor(at * columns));
    const there = marks.get(column);
    const drawn = there && rankOf(there.occurrence) >= rankOf(occurrence) ? there : { at, occurrence };
    marks.set(column, { ...drawn, count: (there?.count ?? 0) + occurrence.count });
  }
  return [...marks.values()];
}

function rankOf({ diagnostic }: Occurrence): number {
  return SEVERITY_RANKS[diagnostic.severity];
}
