import type { MediaSession, StoredEvent } from '../../../../src/session/session.ts';
import { BadInput } from '../../errors.ts';

/** A session and its events in the order of arrival, as a store gives them back. */
export interface InputSession {
  readonly session: MediaSession;
  readonly events: readonly StoredEvent[];
}

/** What a report is made from. Each session is read when it is asked for: a store has more than fit into memory. */
export interface Input {
  /** What of the input was left out: each says a place in it and what is wrong there. */
  readonly faults: readonly string[];
  /** The ids of all sessions, the oldest first. */
  sids(): Promise<readonly string[]>;
  read(sid: string): Promise<InputSession | undefined>;
  close(): void;
}

/** All sessions of an input that is read as a whole, and what of it was left out. */
export interface InputSessions {
  readonly sessions: readonly InputSession[];
  /** Each says a place in the input and what is wrong there. */
  readonly faults: readonly string[];
}

/** Runs work on a part of an input. Gives the BadInput that it throws, for the rest can do without the part. */
export function valueOrFault<Value>(work: () => Value): Value | BadInput {
  try {
    return work();
  } catch (error) {
    if (error instanceof BadInput) return error;
    throw error;
  }
}
