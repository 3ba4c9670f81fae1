import type { Work } from '../../common/work.ts';
import type { MediaSession } from '../../session/session.ts';
import type { SessionStartEvent } from '../../wire/events.ts';
import type { TimedEvent } from '../order/timed-event.ts';
import { inWrongUnit, type WrongUnit } from '../order/ts-unit.ts';

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
  /**
   * The unit of `ts` where it is not milliseconds, and the events that show it. Then nothing is made right: the fault is
   * in every session of the player, and a number that looks right would hide it (decided here).
   */
  readonly wrongUnit: { readonly unit: WrongUnit; readonly events: readonly TimedEvent[] } | undefined;
}

/** In lower case: the documented values are written "Live" and "Linear", as the SDKs do not. */
const LIVE_CONTENT_TYPES: ReadonlySet<string> = new Set(['live', 'linear']);

/** Reads the traits of a session from its start, and the unit of `ts` from its events. `idle` is in milliseconds. */
export function* traitsOf(
  session: MediaSession,
  start: SessionStartEvent,
  received: readonly TimedEvent[],
  idle: number,
): Work<SessionTraits> {
  const { params } = start;
  const length = params['media.length'];
  const isDownloaded = session.closeReason === 'downloaded' || params['media.downloaded'] === true;
  return {
    start,
    isDownloaded,
    isLive: LIVE_CONTENT_TYPES.has(params['media.contentType'].toLowerCase()),
    contentLength: length !== null && length > 0 ? length : undefined,
    idle,
    wrongUnit: isDownloaded ? undefined : yield* inWrongUnit(received),
  };
}
