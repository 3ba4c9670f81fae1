import type { MediaSession } from '../session/session.ts';

/** A session whose close this process is to deliver. */
export interface Delivery {
  readonly session: MediaSession;
  leasedUntil: number;
  /** How many attempts failed. */
  attempts: number;
  /** When to try again, in Unix milliseconds. */
  nextAttempt: number;
  running: boolean;
  /** Whether the attempt under way has outlived its lease. It then holds up no other. */
  overdue: boolean;
  /** Whether the host was told, so that only the settling is left. */
  delivered: boolean;
}

/** After so many failures, which take half a minute, a close is hopeless: the fault is its own, not that of the host. */
export const HOPELESS = 5;
/** The next attempt of a close that failed while the process stops: each is tried only once then. */
export const NEVER = Number.POSITIVE_INFINITY;
/** The pause after the first failure, which doubles with each, and the longest, in milliseconds. */
const FIRST_PAUSE = 1000;
const MAX_PAUSE = 300_000;

export function newDelivery(session: MediaSession, leasedUntil: number): Delivery {
  return { session, leasedUntil, attempts: 0, nextAttempt: 0, running: false, overdue: false, delivered: false };
}

export function isHopeless({ attempts }: Delivery): boolean {
  return attempts >= HOPELESS;
}

/** How long to wait after a failed attempt, in milliseconds, by how many had failed before. */
export function pauseAfter({ attempts }: Delivery): number {
  return Math.min(FIRST_PAUSE * 2 ** attempts, MAX_PAUSE);
}

/** An attempt further ahead than any pause is due too: the clock was set back. */
export function isDue({ nextAttempt }: Delivery, at: number): boolean {
  return at >= nextAttempt || (nextAttempt > at + MAX_PAUSE && nextAttempt !== NEVER);
}
