import { knownPlayhead } from '../../wire/events.ts';
import type { TimedEvent } from '../order/timed-event.ts';
import type { PlaybackInterval } from './interval.ts';

/** A playhead in whole milliseconds, in which differences and sums of fractions of a second are exact. */
export function inMilliseconds(playhead: number): number {
  return Math.round(playhead * 1000);
}

/** How far the playhead rose in an interval, in milliseconds: 0 when that is unknown, negative when it fell. */
export function riseIn({ playheadFrom, playheadTo }: PlaybackInterval): number {
  if (playheadFrom === undefined || playheadTo === undefined) return 0;
  return inMilliseconds(playheadTo) - inMilliseconds(playheadFrom);
}

/** The least and the greatest playhead of some events, in seconds. */
export interface PlayheadExtent {
  readonly least: number;
  readonly greatest: number;
}

/** How far the known playheads of these events reach; undefined when none is known. */
export function extentOf(events: readonly TimedEvent[]): PlayheadExtent | undefined {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const { event } of events) {
    const playhead = knownPlayhead(event);
    if (playhead === undefined) continue;
    if (playhead < least) least = playhead;
    if (playhead > greatest) greatest = playhead;
  }
  return greatest < least ? undefined : { least, greatest };
}
