import type { MediaEvent } from '../wire/events.ts';

/** An event as the store gives it back. */
export interface StoredEvent {
  readonly event: MediaEvent;
  /** When the collector received it: Unix milliseconds by the server's clock. */
  readonly receivedAt: number;
}

/** An event to be kept. */
export interface NewEvent extends StoredEvent {
  /** The JSON text that `event` was parsed from, if it was. A store that keeps text keeps this, where it has a UTF-8. */
  readonly json?: string | undefined;
}

/** Every `CloseReason` there is. */
export const CLOSE_REASONS = ['sessionEnd', 'idle', 'stall', 'downloaded'] as const;

/**
 * What closes a session: its sessionEnd, ten minutes of silence, thirty minutes without playhead
 * movement, or its arrival as a whole.
 */
export type CloseReason = (typeof CLOSE_REASONS)[number];

/** A session as the store keeps it, beside its events. All times are Unix milliseconds by the server's clock. */
export interface MediaSession {
  /** 1 to 128 characters out of A-Z, a-z, 0-9, `-`, `.`, `_` and `~`. Case counts. */
  readonly sid: string;
  /** When its sessionStart was received. */
  readonly startedAt: number;
  /** The session is open while `now < deadline`, and closed for ever after. */
  readonly deadline: number;
  /** What closes the session at its deadline, as things stand. Final once the deadline is over. */
  readonly closeReason: CloseReason;
  /** When its last event was received. */
  readonly lastEventAt: number;
  /** The last playhead in seconds, null when it is unknown. */
  readonly playhead: number | null;
  /** When the playhead was last seen to move. */
  readonly playheadMovedAt: number;
  /**
   * How much its events hold, the sessionStart that opened it aside: their characters of JSON, or 12 for each value of an
   * event where that is more.
   */
  readonly length: number;
  /** The `X-Adobe-AEP-Validation-Token` header of its start, which mobile SDKs send in debug sessions. */
  readonly validationToken?: string;
  /** What came with its start by the Media Edge API; a session by the Media Collection API has none. */
  readonly edge?: EdgeOrigin;
}

/** What a start by the Media Edge API brings beside its event. */
export interface EdgeOrigin {
  /** The datastream that it was sent to: `configId`. */
  readonly datastream: string;
  /** Whether it did not say when it happened, so that its `ts` is the time of its receipt. */
  readonly untimed?: true;
}
