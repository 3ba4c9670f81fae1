import { each } from '../../common/list-work.ts';
import type { Work } from '../../common/work.ts';
import { knownPlayhead } from '../../wire/events.ts';
import type { TimedEvent } from '../order/timed-event.ts';
import { activitiesOf } from './activities.ts';
import type { Ad } from './ads.ts';
import type { Chapter } from './chapters.ts';
import type { Diagnose } from './diagnose.ts';
import { type IntervalsByActivity, lengthBetween, type PlaybackInterval } from './interval.ts';
import { activityOf, applyEvent, endPlayback, passInterval, startPlayback } from './playback.ts';
import { extended, type PlayheadExtent } from './playhead.ts';
import type { SessionTraits } from './session-traits.ts';
import { type Stall, trackStalls } from './stalls.ts';
import type { State } from './states.ts';
import { type PlayheadRange, viewedRanges } from './viewed-ranges.ts';

/** What happened in a session: every number of the report is a sum or a count of these. */
export interface Timeline {
  /** The events that count, in order. */
  readonly events: readonly TimedEvent[];
  /** From the first play outside a break on; none when the main content never played. */
  readonly sinceMainPlay: readonly TimedEvent[];
  /** How far the playheads reach from the main play on. */
  readonly playheads: PlayheadExtent | undefined;
  /** The time between those events: the n-th lies between the n-th event and the next. */
  readonly intervals: readonly PlaybackInterval[];
  /** The intervals by what they count as. */
  readonly time: IntervalsByActivity;
  /** By the time of content and ads, as sent; undefined where it was never known (doc: metrics/average-bitrate). */
  readonly averageBitrate: number | undefined;
  /** The ranges of the content that were viewed. */
  readonly viewed: readonly PlayheadRange[];
  readonly stalls: readonly Stall[];
  readonly ads: readonly Ad[];
  readonly chapters: readonly Chapter[];
  readonly states: readonly State[];
  /** The events that began a pause: one continuous pause is one (doc: pause-events). */
  readonly pauses: readonly TimedEvent[];
  /** The events that began a buffering. */
  readonly bufferings: readonly TimedEvent[];
  readonly bitrateChanges: readonly TimedEvent[];
  readonly errors: readonly TimedEvent[];
  /** The events that these are read from. */
  readonly droppedFrames: TimedEvent | undefined;
  readonly timeToStart: TimedEvent | undefined;
  /** The first sessionComplete. */
  readonly completion: TimedEvent | undefined;
}

/** Plays through the events of a session, which are in order. */
export function* timelineOf(events: readonly TimedEvent[], traits: SessionTraits, diagnose: Diagnose): Work<Timeline> {
  const playback = startPlayback(traits, diagnose);
  const stallTracker = trackStalls();
  const intervals: PlaybackInterval[] = [];
  let beforeMainPlay = 0;
  let playheads: PlayheadExtent | undefined;
  let before: TimedEvent | undefined;

  yield* each(events, (at) => {
    const playheadFrom = playback.playhead;
    const playhead = knownPlayhead(at.event);
    playback.playhead = playhead ?? playheadFrom;
    if (before) {
      const interval: PlaybackInterval = {
        from: before,
        to: at,
        ms: lengthBetween(before, at, traits),
        activity: activityOf(playback),
        playheadFrom,
        playheadTo: playback.playhead,
        bitrate: playback.readings.bitrate,
        chapter: playback.chapters.openChapter,
      };
      intervals.push(interval);
      passInterval(interval, playback);
      stallTracker.add(interval);
    }
    applyEvent(at, playback);
    if (!playback.mainPlay) beforeMainPlay += 1;
    else playheads = extended(playheads, playhead);
    before = at;
  });

  const states = before ? endPlayback(before, playback) : [];
  const stalls = stallTracker.finish();
  const { pauses, bufferings, bitrateChanges, errors, completion } = playback;
  const { chapters } = playback.chapters;
  const { time, averageBitrate } = yield* activitiesOf(intervals, stalls, chapters);
  return {
    events,
    sinceMainPlay: events.slice(beforeMainPlay),
    playheads,
    intervals,
    time,
    averageBitrate,
    viewed: yield* viewedRanges(time.content.intervals),
    stalls,
    ads: playback.ads.ads,
    chapters,
    states,
    pauses,
    bufferings,
    bitrateChanges,
    errors,
    droppedFrames: playback.readings.droppedFrames,
    timeToStart: playback.readings.timeToStart,
    completion,
  };
}
