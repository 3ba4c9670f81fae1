import { truncate } from '../../common/text.ts';
import type { StoredEvent } from '../../session/session.ts';
import { DIAGNOSTIC_CODES, type Diagnostic, type DiagnosticCode, SEVERITIES } from '../schema/diagnostic-schema.ts';
import type { Diagnose } from '../timeline/diagnose.ts';
import { MESSAGES } from './messages.ts';

/** How much of a subject a message shows: what a client sends may be long. */
const MAX_SUBJECT = 64;

/** All occurrences of one diagnostic, in order. */
export interface Occurrences {
  readonly code: DiagnosticCode;
  readonly events: StoredEvent[];
  readonly subject: string;
  most: number;
}

/** Makes the function that records diagnostics, and the map that it records them in. */
export function collectDiagnostics(): {
  readonly diagnose: Diagnose;
  readonly occurrences: ReadonlyMap<DiagnosticCode, Occurrences>;
} {
  const occurrences = new Map<DiagnosticCode, Occurrences>();
  const diagnose: Diagnose = (code, at, { subject = '', amount = 0 } = {}) => {
    const seen = occurrences.get(code);
    if (seen === undefined) {
      occurrences.set(code, { code, events: [at], subject: truncate(subject, MAX_SUBJECT), most: amount });
    } else {
      seen.events.push(at);
      seen.most = Math.max(seen.most, amount);
    }
  };
  return { diagnose, occurrences };
}

/**
 * The kinds that were noted, in the order of their first occurrence; those of one event in the order
 * of the table. `ordered` are all events of the session in their order.
 */
export function inOrderOfOccurrence(
  occurrences: ReadonlyMap<DiagnosticCode, Occurrences>,
  ordered: readonly StoredEvent[],
): Occurrences[] {
  const noted = DIAGNOSTIC_CODES.map((code) => occurrences.get(code)).filter((seen) => seen !== undefined);
  const firsts = new Set(noted.map((seen) => seen.events[0]));
  const places = new Map<StoredEvent | undefined, number>();
  for (const [place, stored] of ordered.entries()) {
    if (places.size === firsts.size) break;
    if (firsts.has(stored) && !places.has(stored)) places.set(stored, place);
  }
  const place = (seen: Occurrences) => places.get(seen.events[0]) ?? 0;
  return noted.sort((a, b) => place(a) - place(b));
}

/** One entry of the report for all occurrences of a kind. */
export function diagnostic({ code, events, subject, most }: Occurrences): Diagnostic {
  const first = events[0]?.event;
  return {
    code,
    severity: SEVERITIES[code],
    message: MESSAGES[code]({ count: events.length, subject, most }),
    count: events.length,
    ...(first && { ts: first.playerTime.ts, eventType: first.eventType }),
  };
}
