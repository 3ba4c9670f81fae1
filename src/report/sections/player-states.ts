import type { PlayerState } from '../schema/report-schema.ts';
import { wholeSeconds } from '../timeline/interval.ts';
import type { State } from '../timeline/states.ts';

/**
 * A player state as the report has it (XDM playerStateData): how often it was turned on, and how long it was on,
 * through pauses, ads and buffering.
 */
export function reportedState({ name, time }: State): PlayerState {
  return {
    name,
    isSet: true,
    count: time.intervals.length,
    time: wholeSeconds(time.ms),
  };
}
