import type { TimedEvent } from '../order/timed-event.ts';
import type { DiagnosticCode, Severity } from '../schema/diagnostic-schema.ts';

/** What the message of a diagnostic says of an occurrence beside its event. */
interface Occurrence {
  /** What it is about, where the code leaves that open: the id of an ad, the name of a state, a key. */
  readonly subject?: string;
  /** How much of it there was, in the unit that the message has. */
  readonly amount?: number;
  /** How much it matters, where that is less than others of its code do. */
  readonly severity?: Severity;
}

/**
 * Records one occurrence of a diagnostic at an event. The timeline is given this function and knows nothing of what
 * becomes of it: diagnostics read the timeline, not the other way round.
 */
export type Diagnose = (code: DiagnosticCode, at: TimedEvent, occurrence?: Occurrence) => void;
