import { knownPlayhead } from '../../wire/events.ts';
import type { PlaybackInterval } from './interval.ts';

/** How far apart the samples of a frozen run are at least, in milliseconds of the session. */
const SAMPLE_DISTANCE = 1000;

/** How many samples make a stall: at least three events without movement (doc: stall-events). */
const SAMPLES_OF_A_STALL = 3;

/** A frozen run long enough to be a stall: its intervals. */
export type Stall = readonly PlaybackInterval[];

/** Finds the stalls of a session, interval by interval. */
export interface StallTracker {
  /** Takes the next interval. */
  add(interval: PlaybackInterval): void;
  /** All stalls, once the last interval was added. */
  finish(): Stall[];
}

/**
 * Tells stalls from content: the intervals of a stall become `stall`.
 *
 * A run is a maximal sequence of content intervals in which the playhead is known and does not move.
 * Its samples are its first event, then every event a second or more after the last sample, so that events
 * bunched within a second are no stall. Three samples make the whole run one stall (decided here, after
 * doc: stall-events).
 */
export function trackStalls(): StallTracker {
  const stalls: Stall[] = [];
  let run: PlaybackInterval[] = [];

  function endRun(): void {
    if (samplesOf(run) >= SAMPLES_OF_A_STALL) {
      for (const interval of run) interval.activity = 'stall';
      stalls.push(run);
    }
    run = [];
  }

  return {
    add(interval) {
      if (isFrozen(interval)) run.push(interval);
      else if (run.length > 0) endRun();
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

function samplesOf(run: readonly PlaybackInterval[]): number {
  let samples = 1;
  let sinceSample = 0;
  for (const { ms } of run) {
    sinceSample += ms;
    if (sinceSample < SAMPLE_DISTANCE) continue;
    samples += 1;
    sinceSample = 0;
  }
  return samples;
}
