import type { StoredEvent } from '../../session/session.ts';
import type { DiagnosticCode } from '../schema/diagnostic-schema.ts';

/** What the message of a diagnostic says of an occurrence beside its event. */
export interface DiagnosticArguments {
  /** What it is about, as far as the code leaves that open: the id of an ad, the name of a state, a key. */
  readonly subject?: string;
  /** How far it went, in the unit that the message of the diagnostic has. */
  readonly amount?: number;
}

/**
 * Records one occurrence of a diagnostic at an event. Whoever reads the events of a session is given this function, and
 * need not know what becomes of what it says.
 */
export type Diagnose = (code: DiagnosticCode, at: StoredEvent, saying?: DiagnosticArguments) => void;
