import type { SessionStartEvent } from '../../wire/events.ts';

/** What is true of a session as a whole and decides what its events mean. */
export interface SessionTraits {
  readonly isDownloaded: boolean;
  /** The playhead is the second of the day, and rises though nothing plays. */
  readonly isLive: boolean;
  /** The idle timeout in milliseconds: a longer silence is a clock that jumped. */
  readonly idle: number;
}

const LIVE_CONTENT_TYPES: ReadonlySet<string> = new Set(['live', 'linear']);

/**
 * Content without an end: its playhead is the second of the day. So it starts at another one than 0, and rises
 * though nothing plays.
 */
export function isLive({ params }: SessionStartEvent): boolean {
  return LIVE_CONTENT_TYPES.has(params['media.contentType']);
}
