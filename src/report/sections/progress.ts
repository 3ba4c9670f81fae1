import type { PlayheadExtent } from '../timeline/playhead.ts';

/** The progress markers of XDM sessionDetails, in percent of the length. */
export const MARKERS = [10, 25, 50, 75, 95] as const;

/** The percentage of a progress marker. */
export type Marker = (typeof MARKERS)[number];

/**
 * Tells whether a playhead is at a marker or beyond, so that a jump sets all it passes. The playhead of any
 * event counts, that of sessionComplete too; that it completes sets no marker by itself (doc: progress-markers).
 * Both are in seconds; nothing is reached when either is unknown.
 */
export function isReached(marker: Marker, playhead: number | undefined, contentLength: number | undefined): boolean {
  return playhead !== undefined && contentLength !== undefined && playhead >= (contentLength * marker) / 100;
}

/** The part of the content that was played, in whole minutes: `[0-1]` (doc: reporting-schema). */
export function segmentOf({ least, greatest }: PlayheadExtent): string {
  const from = Math.floor(least / 60);
  return `[${from}-${Math.max(from + 1, Math.ceil(greatest / 60))}]`;
}
