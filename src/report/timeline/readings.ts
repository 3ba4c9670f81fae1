import type { MediaEvent } from '../../wire/events.ts';
import type { TimedEvent } from '../order/timed-event.ts';

/** The keys of the qoeData that a report is made of. */
export const READING_KEYS = ['media.qoe.bitrate', 'media.qoe.droppedFrames', 'media.qoe.timeToStart'] as const;

type ReadingKey = (typeof READING_KEYS)[number];

/** What the player last said of its quality. qoeData counts on any event; SDKs send null where they have no number. */
export interface Readings {
  /** As sent; the documented unit is kbps (doc: metrics/average-bitrate). */
  bitrate: number | undefined;
  /** The event with the last number of dropped frames: it is cumulative at the player (doc: quality/dropped-frames). */
  droppedFrames: TimedEvent | undefined;
  /** The event with the time to start: the last up to the main play, else the first after it (decided here). */
  timeToStart: TimedEvent | undefined;
}

/** Takes the readings of an event. `played` tells whether the main play came before it. */
export function takeReadings(readings: Readings, at: TimedEvent, played: boolean): void {
  const { event } = at;
  if (event.qoeData === undefined) return;
  readings.bitrate = readingOf(event, 'media.qoe.bitrate') ?? readings.bitrate;
  if (readingOf(event, 'media.qoe.droppedFrames') !== undefined) readings.droppedFrames = at;
  const wanted = !played || readings.timeToStart === undefined;
  if (wanted && readingOf(event, 'media.qoe.timeToStart') !== undefined) readings.timeToStart = at;
}

/** The number an event has under a key of its qoeData, if it has one. What is below 0 or beyond counting is none. */
export function readingOf({ qoeData }: MediaEvent, key: ReadingKey): number | undefined {
  const value = qoeData?.[key];
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : undefined;
}
