import type { CloseReason, MediaSession, StoredEvent } from '../../session/session.ts';
import { wholeSeconds } from '../timeline/interval.ts';

/** The `asOf` of a report on a session so far, in Unix milliseconds: now, or when its last event was received. */
export function asOfNow(now: number, events: readonly StoredEvent[]): number {
  return Math.max(now, events.at(-1)?.receivedAt ?? 0); // the clock of another process, which received it, may be ahead
}

/** Whether a session is over, how and since when: the head of its report. Times are by the server's clock. */
export interface Closing {
  readonly open: boolean;
  readonly closeReason?: CloseReason;
  readonly closedAt?: number;
  readonly asOf?: number;
}

/**
 * A session is open when it is asked about before its deadline; without `asOf` it is taken as closed. `end` is the first
 * sessionEnd that was received.
 */
export function closingOf(session: MediaSession, end: StoredEvent | undefined, asOf: number | undefined): Closing {
  const { closeReason, deadline } = session;
  if (asOf !== undefined && asOf < deadline) return { open: true, asOf };
  const endedAt = closeReason === 'sessionEnd' ? end?.receivedAt : undefined;
  return { open: false, closeReason, closedAt: endedAt ?? deadline };
}

/**
 * The seconds from the last event to the close (XDM secondsSinceLastCall): 0 when the player ended the session or it
 * came as a whole; of an open session, to the `asOf` of the report.
 */
export function secondsSinceLastCall(
  closing: Closing,
  session: MediaSession,
  received: readonly StoredEvent[],
): number {
  const last = received.at(-1);
  const until = closing.open ? closing.asOf : silentDeadline(session);
  return until === undefined || last === undefined ? 0 : wholeSeconds(Math.max(0, until - last.receivedAt));
}

function silentDeadline({ closeReason, deadline }: MediaSession): number | undefined {
  return closeReason === 'idle' || closeReason === 'stall' ? deadline : undefined;
}
