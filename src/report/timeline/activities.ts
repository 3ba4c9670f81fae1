import { each } from '../../common/list-work.ts';
import type { Work } from '../../common/work.ts';
import type { Chapter } from './chapters.ts';
import {
  type Activity,
  addInterval,
  type IntervalSum,
  type IntervalsByActivity,
  isPlaying,
  noIntervals,
  type PlaybackInterval,
} from './interval.ts';
import type { Stall } from './stalls.ts';

/** What the intervals of a session come to. */
interface Activities {
  /** The intervals by what they count as. */
  readonly time: IntervalsByActivity;
  /** The average bitrate by the time of content and ads, as sent; undefined where it was never known. */
  readonly averageBitrate: number | undefined;
}

/** Tells intervals apart by what they count as: those of a stall are no content, of the session or of a chapter. */
export function* activitiesOf(
  intervals: readonly PlaybackInterval[],
  stalls: readonly Stall[],
  chapters: readonly Chapter[],
): Work<Activities> {
  const time: Record<Activity, IntervalSum> = {
    pause: noIntervals(),
    buffer: noIntervals(),
    ad: noIntervals(),
    break: noIntervals(),
    content: noIntervals(),
    stall: noIntervals(),
    starting: noIntervals(),
    unannounced: noIntervals(),
    ended: noIntervals(),
  };
  let next = 0; // the first stall that is not over
  let msWithBitrate = 0;
  let bits = 0;
  yield* each(intervals, (interval, place) => {
    if (place === stalls[next]?.to) next += 1;
    if (place >= (stalls[next]?.from ?? intervals.length)) interval.activity = 'stall';
    addInterval(interval, time[interval.activity]);
    const chapter = interval.chapter === undefined ? undefined : chapters[interval.chapter];
    if (chapter && interval.activity === 'content') addInterval(interval, chapter.content);
    if (interval.bitrate !== undefined && isPlaying(interval)) {
      msWithBitrate += interval.ms;
      bits += interval.bitrate * interval.ms;
    }
  });
  return { time, averageBitrate: msWithBitrate === 0 ? undefined : bits / msWithBitrate };
}
