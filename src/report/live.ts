import type { SessionStartEvent } from '../wire/events.ts';

const LIVE_CONTENT_TYPES: ReadonlySet<string> = new Set(['live', 'linear']);

/**
 * Content without an end: its playhead is the second of the day. So it starts at another one than 0, and rises
 * though nothing plays.
 */
export function isLive({ params }: SessionStartEvent): boolean {
  return LIVE_CONTENT_TYPES.has(params['media.contentType']);
}
