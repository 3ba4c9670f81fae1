import type { Totals } from './api.ts';

/** Counts the calls that were answered. */
export interface CallCounts {
  accepted(): void;
  rejected(): void;
  /** What was counted since the start, or since it started over. */
  totals(): Totals;
  startOver(): void;
}

/** Counts from now on. `now` gives Unix milliseconds. */
export function callCounts(now: () => number): CallCounts {
  let accepted = 0;
  let rejected = 0;
  let since = now();
  return {
    accepted() {
      accepted += 1;
    },
    rejected() {
      rejected += 1;
    },
    totals: () => ({ total: accepted + rejected, accepted, rejected, since }),
    startOver() {
      accepted = 0;
      rejected = 0;
      since = now();
    },
  };
}
