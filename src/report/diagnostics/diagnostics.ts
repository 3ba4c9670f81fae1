import { truncate } from '../../common/text.ts';
import type { TimedEvent } from '../order/timed-event.ts';
import {
  DIAGNOSTIC_CODES,
  type Diagnostic,
  type DiagnosticCode,
  SEVERITIES,
  type Severity,
} from '../schema/diagnostic-schema.ts';
import type { Diagnose } from '../timeline/diagnose.ts';
import { MESSAGES } from './messages.ts';

/** How much of a subject a message shows, in characters: what a client sends may be long. */
const MAX_SUBJECT = 64;

const RANKS: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** One diagnostic and all its occurrences. */
export interface Finding {
  readonly code: DiagnosticCode;
  /** The events it was found at, in the order in which it was. */
  readonly events: TimedEvent[];
  /** What the first occurrence is about. */
  readonly subject: string;
  /** What more there is to say of all occurrences. */
  readonly detail: string;
  /** The greatest amount of all occurrences, in the unit of the diagnostic; whatever its sign. */
  amount: number;
  /** That of the worst occurrence. */
  severity: Severity;
}

/**
 * What the SDKs of the Media Edge API cause by themselves, so that no app can mend it: they stamp a start last of all and
 * several events alike, and send some at once.
 */
export const CAUSED_BY_EDGE_SDKS: ReadonlySet<DiagnosticCode> = new Set([
  'ts-before-start',
  'equal-ts',
  'out-of-order',
]);

/**
 * Makes the function that records diagnostics, and the map that it records them in.
 *
 * @param ignored Those that are not recorded.
 */
export function collectFindings(ignored: ReadonlySet<DiagnosticCode> = new Set()): {
  readonly diagnose: Diagnose;
  readonly findings: ReadonlyMap<DiagnosticCode, Finding>;
} {
  const findings = new Map<DiagnosticCode, Finding>();
  const diagnose: Diagnose = (
    code,
    at,
    { subject = '', detail = '', amount = 0, severity = SEVERITIES[code] } = {},
  ) => {
    if (ignored.has(code)) return;
    const finding = findings.get(code);
    if (finding === undefined) {
      findings.set(code, { code, events: [at], subject: truncate(subject, MAX_SUBJECT), detail, amount, severity });
    } else {
      finding.events.push(at);
      if (Math.abs(amount) > Math.abs(finding.amount)) finding.amount = amount;
      if (RANKS[severity] > RANKS[finding.severity]) finding.severity = severity;
    }
  };
  return { diagnose, findings };
}

/** The findings in the order of their first occurrence; those of one event in the order of the table of severities. */
export function inOrderOfOccurrence(findings: ReadonlyMap<DiagnosticCode, Finding>): Finding[] {
  const byCode = DIAGNOSTIC_CODES.map((code) => findings.get(code)).filter((finding) => finding !== undefined);
  const placeOf = ({ events }: Finding) => events[0]?.place ?? 0;
  return byCode.sort((a, b) => placeOf(a) - placeOf(b));
}

/** A finding as the report has it. */
export function reportedDiagnostic({ code, events, subject, detail, amount, severity }: Finding): Diagnostic {
  const first = events[0]?.event;
  return {
    code,
    severity,
    message: MESSAGES[code]({ count: events.length, subject, detail, amount }),
    count: events.length,
    ...(first && { ts: first.playerTime.ts, eventType: first.eventType }),
  };
}
