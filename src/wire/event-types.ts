/** The 19 event types of the Media Collection API (doc: media-collection/events). */
export const EVENT_TYPES = [
  'sessionStart',
  'play',
  'ping',
  'pauseStart',
  'bufferStart',
  'bitrateChange',
  'error',
  'adBreakStart',
  'adBreakComplete',
  'adStart',
  'adComplete',
  'adSkip',
  'chapterStart',
  'chapterComplete',
  'chapterSkip',
  'stateStart',
  'stateEnd',
  'sessionComplete',
  'sessionEnd',
] as const;

/** The name of an event, as it stands in `eventType`. */
export type EventType = (typeof EVENT_TYPES)[number];

const known: ReadonlySet<string> = new Set(EVENT_TYPES);

/** Tells whether a value of unknown origin names one of the 19 event types. */
export function isEventType(value: unknown): value is EventType {
  return typeof value === 'string' && known.has(value);
}
