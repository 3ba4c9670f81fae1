import type { Static } from 'typebox';
import type { EventType } from './event-types.ts';
import type { TypedSchemas } from './schemas.ts';

/**
 * The event of each type as the collector keeps it: what the standard schema admits. Keys the protocol
 * does not know are kept beside those named here.
 */
export type EventsByType = { [T in EventType]: Static<TypedSchemas<'standard'>[T]> };

/** An event of one type. */
export type EventOf<T extends EventType> = EventsByType[T];

/** Any event, told apart by its `eventType`. */
export type MediaEvent = { [T in EventType]: EventOf<T> }[EventType];

/** The event that opens a session. */
export type SessionStartEvent = EventOf<'sessionStart'>;

/** Where the player was, and when: `playhead` in seconds (null when unknown), `ts` in Unix milliseconds. */
export type PlayerTime = MediaEvent['playerTime'];

/**
 * The playhead of an event in seconds. Null and negative ones are what players send when they do not know it, as the
 * player of an endless live stream may not.
 */
export function knownPlayhead({ playerTime: { playhead } }: MediaEvent): number | undefined {
  return playhead === null || playhead < 0 ? undefined : playhead;
}
