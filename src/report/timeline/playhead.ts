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

/** An extent, if there is one yet, that reaches a playhead too, if that is known. */
export function extended(extent: PlayheadExtent | undefined, playhead: number | undefined): PlayheadExtent | undefined {
  if (playhead === undefined) return extent;
  if (extent === undefined) return { least: playhead, greatest: playhead };
  if (playhead >= extent.least && playhead <= extent.greatest) return extent;
  return { least: Math.min(extent.least, playhead), greatest: Math.max(extent.greatest, playhead) };
}
