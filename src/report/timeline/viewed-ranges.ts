import { each } from '../../common/list-work.ts';
import { sortBy } from '../../common/sort-work.ts';
import type { Work } from '../../common/work.ts';
import type { PlaybackInterval } from './interval.ts';
import { inMilliseconds, riseIn } from './playhead.ts';

/** Where the playhead of a live stream starts again: it is the second of the day. */
const SECONDS_A_DAY = 86_400;
const MS_A_DAY = inMilliseconds(SECONDS_A_DAY);

/** A range of the content, in seconds. */
export type PlayheadRange = readonly [from: number, to: number];

type Range = [from: number, to: number];

/**
 * The ranges of the content that were viewed, without overlaps, in the order of the content
 * (XDM uniqueTimePlayed).
 */
export function* viewedRanges(content: readonly PlaybackInterval[]): Work<PlayheadRange[]> {
  const viewed: Range[] = [];
  yield* each(content, (interval) => addRanges(interval, viewed));
  const merged: Range[] = [];
  yield* each(yield* sortBy(viewed, ([from]) => from), (range) => {
    const last = merged.at(-1);
    if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
    else merged.push(range);
  });
  return merged;
}

/** The length of ranges together, in milliseconds, so that fractions of a second add up exactly. */
export function* lengthOfRanges(ranges: readonly PlayheadRange[]): Work<number> {
  let ms = 0;
  yield* each(ranges, ([from, to]) => {
    ms += inMilliseconds(to) - inMilliseconds(from);
  });
  return ms;
}

/**
 * What was viewed in one interval of content. A playhead that moved as far as the time allows was viewed:
 * at triple speed, and with playheads in whole seconds. So was what lies before and after a live midnight.
 * Anything else is a seek (decided here).
 */
function addRanges(interval: PlaybackInterval, viewed: Range[]): void {
  const { playheadFrom: from, playheadTo: to, ms } = interval;
  if (from === undefined || to === undefined || from === to) return;
  const reach = 3 * ms + 1000;
  const rise = riseIn(interval);
  if (from < to) {
    if (rise <= reach) addRange(from, to, viewed);
  } else if (from <= SECONDS_A_DAY && rise + MS_A_DAY <= reach) {
    addRange(from, SECONDS_A_DAY, viewed);
    addRange(0, to, viewed);
  }
}

/** Content usually goes on where it was: then the last range only grows. */
function addRange(from: number, to: number, viewed: Range[]): void {
  const last = viewed.at(-1);
  if (last?.[1] === from) last[1] = to;
  else viewed.push([from, to]);
}
