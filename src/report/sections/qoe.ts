import { each } from '../../common/list-work.ts';
import type { Work } from '../../common/work.ts';
import type { TimedEvent } from '../order/timed-event.ts';
import type { QoeDataDetails } from '../schema/qoe-schema.ts';
import { isPlaying, type PlaybackInterval, wholeSeconds } from '../timeline/interval.ts';
import { readingOf } from '../timeline/readings.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { flag, present } from './fields.ts';

/** How good the playback was (XDM qoeDataDetails). qoeData counts on any event. */
export function* qoeDataDetailsOf(timeline: Timeline, isOpen: boolean): Work<QoeDataDetails> {
  const { time, stalls, bufferings, bitrateChanges, errors, sinceMainPlay } = timeline;
  const { averageBitrate } = timeline;
  const bitrate = averageBitrate === undefined ? undefined : Math.floor(averageBitrate + 0.5); // half up
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
    bufferTime: wholeSeconds(time.buffer.ms),
    stallCount: stalls.length,
    stallTime: wholeSeconds(time.stall.ms),
    bitrateChangeCount: bitrateChanges.length,
    bitrateAverage: bitrate,
    bitrateAverageBucket: bitrate === undefined ? undefined : bucketOf(bitrate),
    droppedFrames,
    timeToStart: timeToStart === undefined ? undefined : wholeSeconds(timeToStart),
    errorCount: errors.length,
    ...(yield* errorIds(errors)),
  });
}

/** The average bitrate is weighted by the time of content and ads with a bitrate known. */
export function hasBitrate(interval: PlaybackInterval): boolean {
  return interval.bitrate !== undefined && isPlaying(interval);
}

/** A hundred wide: `0-99` (doc: dimensions/average-bitrate). */
function bucketOf(bitrate: number): string {
  const low = Math.floor(bitrate / 100) * 100;
  return `${low}-${low + 99}`;
}

/** The distinct ids of errors, in order. The SDKs send id and source in qoeData, the documentation in params. */
function* errorIds(errors: readonly TimedEvent[]): Work<Pick<QoeDataDetails, 'playerSdkErrors' | 'externalErrors'>> {
  const playerSdk = new Set<string>();
  const external = new Set<string>();
  yield* each(errors, ({ event }) => {
    if (event.eventType !== 'error') return;
    const id = event.qoeData?.['media.qoe.errorID'] ?? event.params?.['media.errorId'];
    const source = event.qoeData?.['media.qoe.errorSource'] ?? event.params?.['media.errorSource'];
    if (id === undefined) return;
    (source?.toLowerCase() === 'external' ? external : playerSdk).add(id);
  });
  return { playerSdkErrors: [...playerSdk], externalErrors: [...external] };
}
