import type { TimedEvent } from '../order/timed-event.ts';
import type { QoeDataDetails } from '../schema/qoe-schema.ts';
import { isPlaying, lengthOf, type PlaybackInterval, wholeSeconds } from '../timeline/interval.ts';
import { readingOf } from '../timeline/readings.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { flag, present } from './fields.ts';

/** How good the playback was (XDM qoeDataDetails). qoeData counts on any event. */
export function qoeDataDetailsOf(timeline: Timeline, isOpen: boolean): QoeDataDetails {
  const { time, stalls, bufferings, bitrateChanges, errors, sinceMainPlay } = timeline;
  const bitrate = averageBitrate(timeline.intervals);
  const droppedFrames = timeline.droppedFrames && readingOf(timeline.droppedFrames.event, 'media.qoe.droppedFrames');
  const timeToStart = timeline.timeToStart && readingOf(timeline.timeToStart.event, 'media.qoe.timeToStart');

  return present<QoeDataDetails>({
    isDroppedBeforeStart: flag(!isOpen && sinceMainPlay.length === 0), // whatever ads ran
    hasBufferImpactedStreams: flag(bufferings.length > 0),
    hasStallImpactedStreams: flag(stalls.length > 0),
    hasBitrateChangeImpactedStreams: flag(bitrateChanges.length > 0),
    hasErrorImpactedStreams: flag(errors.length > 0),
    hasDroppedFrameImpactedStreams: flag((droppedFrames ?? 0) > 0),
    bufferCount: bufferings.length,
    bufferTime: wholeSeconds(lengthOf(time.buffer)),
    stallCount: stalls.length,
    stallTime: wholeSeconds(lengthOf(time.stall)),
    bitrateChangeCount: bitrateChanges.length,
    bitrateAverage: bitrate,
    bitrateAverageBucket: bitrate === undefined ? undefined : bucketOf(bitrate),
    droppedFrames,
    timeToStart: timeToStart === undefined ? undefined : wholeSeconds(timeToStart),
    errorCount: errors.length,
    ...errorIds(errors),
  });
}

/** The time that the average bitrate is weighted by: content and ads with a bitrate known. */
export function timeWithBitrate(intervals: readonly PlaybackInterval[]): PlaybackInterval[] {
  return intervals.filter((interval) => interval.bitrate !== undefined && isPlaying(interval));
}

/** As sent, weighted by time, half up (doc: metrics/average-bitrate). */
function averageBitrate(intervals: readonly PlaybackInterval[]): number | undefined {
  let ms = 0;
  let sum = 0;
  for (const interval of intervals) {
    if (interval.bitrate === undefined || !isPlaying(interval)) continue;
    ms += interval.ms;
    sum += interval.bitrate * interval.ms;
  }
  return ms === 0 ? undefined : Math.floor(sum / ms + 0.5);
}

/** A hundred wide: `0-99` (doc: dimensions/average-bitrate). */
function bucketOf(bitrate: number): string {
  const low = Math.floor(bitrate / 100) * 100;
  return `${low}-${low + 99}`;
}

/** The distinct ids of errors, in order. The SDKs send id and source in qoeData, the documentation in params. */
function errorIds(errors: readonly TimedEvent[]): Pick<QoeDataDetails, 'playerSdkErrors' | 'externalErrors'> {
  const playerSdk = new Set<string>();
  const external = new Set<string>();
  for (const { event } of errors) {
    if (event.eventType !== 'error') continue;
    const id = event.qoeData?.['media.qoe.errorID'] ?? event.params?.['media.errorId'];
    const source = event.qoeData?.['media.qoe.errorSource'] ?? event.params?.['media.errorSource'];
    if (id === undefined) continue;
    (source?.toLowerCase() === 'external' ? external : playerSdk).add(id);
  }
  return { playerSdkErrors: [...playerSdk], externalErrors: [...external] };
}
