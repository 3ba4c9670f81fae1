import type { MediaSession } from '../../session/session.ts';
import type { SessionStartEvent } from '../../wire/events.ts';

/** What is true of a session as a whole and decides what its events mean. */
export interface SessionTraits {
  readonly start: SessionStartEvent;
  /** It was recorded offline and came as a whole. */
  readonly isDownloaded: boolean;
  /**
   * Its content has no end and the playhead is the second of the day: so it starts at another one than 0, and rises
   * though nothing plays.
   */
  readonly isLive: boolean;
  /** The length of the content in seconds, undefined when it is not known or not above 0. */
  readonly contentLength: number | undefined;
  /** The idle timeout in milliseconds: a longer silence is a clock that jumped. */
  readonly idle: number;
}

const LIVE_CONTENT_TYPES: ReadonlySet<string> = new Set(['live', 'linear']);

/** Reads the traits of a session from its start. `idle` is in milliseconds. */
export function traitsOf(session: MediaSession, start: SessionStartEvent, idle: number): SessionTraits {
  const { params } = start;
  const length = params['media.length'];
  return {
    start,
    isDownloaded: session.closeReason === 'downloaded' || params['media.downloaded'] === true,
    isLive: LIVE_CONTENT_TYPES.has(params['media.contentType']),
    contentLength: length !== null && length > 0 ? length : undefined,
    idle,
  };
}
