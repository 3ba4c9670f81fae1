/** The 18 event types of the Media Edge API (doc: endpoints/media), without the `media.` that precedes them. */
export const EDGE_EVENT_TYPES = [
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
  'statesUpdate',
  'sessionComplete',
  'sessionEnd',
] as const;

/** The type of an event, as it stands in the path of its request. */
export type EdgeEventType = (typeof EDGE_EVENT_TYPES)[number];

/** What one element of `events` may be: an event, or a session that was recorded offline. */
export const EDGE_TYPES = [...EDGE_EVENT_TYPES, 'downloaded'] as const;

/** The type of an element of `events`. */
export type EdgeType = (typeof EDGE_TYPES)[number];

/** What `eventType` begins with. */
const PREFIX = 'media.';

const known: ReadonlySet<string> = new Set(EDGE_TYPES);

/** Tells whether a text of unknown origin names one of the types, without its prefix. */
export function isEdgeType(text: string | undefined): text is EdgeType {
  return text !== undefined && known.has(text);
}

/** The type that `xdm.eventType` names, undefined where it names none. */
export function edgeTypeOf(eventType: unknown): EdgeType | undefined {
  if (typeof eventType !== 'string' || !eventType.startsWith(PREFIX)) return undefined;
  const type = eventType.slice(PREFIX.length);
  return isEdgeType(type) ? type : undefined;
}

/** Tells whether `xdm.eventType` is of media, be it of a type that there is or not. */
export function isOfMedia(eventType: unknown): boolean {
  return typeof eventType === 'string' && eventType.startsWith(PREFIX);
}
