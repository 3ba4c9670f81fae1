import { knownPlayhead } from '../../wire/events.ts';
import type { PlaybackInterval } from './interval.ts';

/** How far apart the samples of a frozen run are at least, in milliseconds of the session. */
const SAMPLE_DISTANCE = 1000;

/** How many samples make a stall: at least three events without movement (doc: stall-events). */
const SAMPLES_OF_A_STALL = 3;

/** A frozen run long enough to be a stall: the places of its first interval, and of the first behind it. */
export interface Stall {
  readonly from: number;
  readonly to: number;
}

/** Finds the stalls of a session, interval by interval. */
export interface StallTracker {
  /** Takes the next interval. */
  add(interval: PlaybackInterval): void;
  /** All stalls, once the last interval was added. */
  finish(): Stall[];
}

/**
 * Tells stalls from content.
 *
 * A run is a maximal sequence of content intervals in which the playhead is known and does not move.
 * Its samples are its first event, then every event a second or more after the last sample, so that events
 * bunched within a second are no stall. Three samples make the whole run one stall (decided here, after
 * doc: stall-events).
 */
export function trackStalls(): StallTracker {
  const stalls: Stall[] = [];
  let run: { readonly from: number; samples: number; sinceSample: number } | undefined;
  let place = 0;

  function endRun(): void {
    if (run && run.samples >= SAMPLES_OF_A_STALL) stalls.push({ from: run.from, to: place });
    run = undefined;
  }

  return {
    add(interval) {
      if (isFrozen(interval)) {
        run ??= { from: place, samples: 1, sinceSample: 0 };
        run.sinceSample += interval.ms;
        if (run.sinceSample >= SAMPLE_DISTANCE) {
          run.samples += 1;
          run.sinceSample = 0;
        }
      } else {
        endRun();
      }
      place += 1;
    },
    finish() {
      endRun();
      return stalls;
    },
  };
}

/** Both events say where the playhead is, and it is the same: the last one known does not stand in here. */
function isFrozen({ activity, from, to, playheadFrom, playheadTo }: PlaybackInterval): boolean {
  if (activity !== 'content' || playheadFrom !== playheadTo) return false;
  return knownPlayhead(from.event) !== undefined && knownPlayhead(to.event) !== undefined;
}
