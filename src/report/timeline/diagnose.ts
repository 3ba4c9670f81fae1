import type { StoredEvent } from '../../session/session.ts';
import type { DiagnosticCode } from '../schema/diagnostic-schema.ts';

/** What the message of a diagnostic says of an occurrence beside its event. */
interface Occurrence {
  /** What it is about, where the code leaves that open: the id of an ad, the name of a state, a key. */
  readonly subject?: string;
  /** How much of it there was, in the unit that the message has. */
  readonly amount?: number;
}

/**
 * Records one occurrence of a diagnostic at an event. The timeline is given this function and knows nothing of what
 * becomes of it: diagnostics read the timeline, not the other way round.
 */
export type Diagnose = (code: DiagnosticCode, at: StoredEvent, occurrence?: Occurrence) => void;
