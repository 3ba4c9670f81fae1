import type { PlayerState } from '../schema/report-schema.ts';
import { lengthOf, wholeSeconds } from '../timeline/interval.ts';
import type { State } from '../timeline/states.ts';

/**
 * A player state as the report has it (XDM playerStateData): how often it was turned on, and how long it was on,
 * through pauses, ads and buffering.
 */
export function reportedState({ name, intervals }: State): PlayerState {
  return {
    name,
    isSet: true,
    count: intervals.length,
    time: wholeSeconds(lengthOf(intervals)),
  };
}
