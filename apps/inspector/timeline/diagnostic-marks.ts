import type { IndexedEvent, SessionDetail } from '../../../src/inspector/api.ts';
import type { Diagnostic } from '../../../src/report/schema/diagnostic-schema.ts';
import { fractionOf, type View } from './view.ts';

/** A diagnostic at one event. */
export interface DiagnosticAt {
  readonly index: number;
  readonly ts: number;
  readonly diagnostic: Diagnostic;
}

/** How grave a diagnostic is: more is graver. */
export const GRAVITY = { error: 2, warning: 1, info: 0 } as const;

/** Pixels that belong to one mark. */
const APART = 9;

/** What the diagnostics are about, by time. */
export function diagnosticsAt(
  { report, explanations }: SessionDetail,
  events: readonly IndexedEvent[],
): DiagnosticAt[] {
  return report.diagnostics
    .flatMap((diagnostic, at) =>
      (explanations[`diagnostics[${at}].count`]?.events ?? []).flatMap((index) => {
        const ts = events[index]?.event.playerTime.ts;
        return ts === undefined ? [] : [{ index, ts, diagnostic }];
      }),
    )
    .sort((a, b) => a.ts - b.ts);
}

/** A drawn mark: the gravest of those so close together, and how many those are. */
export interface DiagnosticMark {
  readonly at: number;
  readonly diagnosticAt: DiagnosticAt;
  readonly count: number;
}

export function diagnosticMarks(diagnostics: readonly DiagnosticAt[], view: View, pixels: number): DiagnosticMark[] {
  const columns = Math.max(1, Math.floor(pixels / APART));
  const marks = new Map<number, DiagnosticMark>();
  for (const diagnosticAt of diagnostics) {
    const at = fractionOf(view, diagnosticAt.ts);
    if (at < 0 || at > 1) continue;
    const column = Math.min(columns - 1, Math.floor(at * columns));
    const there = marks.get(column);
    const graver =
      !there || GRAVITY[diagnosticAt.diagnostic.severity] > GRAVITY[there.diagnosticAt.diagnostic.severity];
    marks.set(column, { ...(graver ? { at, diagnosticAt } : there), count: (there?.count ?? 0) + 1 });
  }
  return [...marks.values()];
}
