import type { Static } from 'typebox';
import type { EventType } from './event-types.ts';
import type { TypedSchemas } from './schemas.ts';

/**
 * The event of each type as a collector keeps it: what every mode admits. A key that lenient does not check may have any
 * value; see `standardEvent`. Keys the protocol does not know are kept beside those named here.
 */
export type EventsByType = { [T in EventType]: Static<TypedSchemas<'lenient'>[T]> };

/** An event of one type. */
export type EventOf<T extends EventType> = EventsByType[T];

/** Any event, told apart by its `eventType`. */
export type MediaEvent = { [T in EventType]: EventOf<T> }[EventType];

/** The event that opens a session. */
export type SessionStartEvent = EventOf<'sessionStart'>;

/**
 * The event of each type whose values have the types that are documented or that SDKs send. What the lenient schema does
 * not require may be absent.
 */
export type StandardEventsByType = {
  [T in EventType]: Standard<Static<TypedSchemas<'standard'>[T]>, EventsByType[T]>;
};

/** Such an event of one type. */
export type StandardEventOf<T extends EventType> = StandardEventsByType[T];

/** Any such event, told apart by its `eventType`. */
export type StandardEvent = { [T in EventType]: StandardEventOf<T> }[EventType];

/** The keys that an object has for certain or may have, and the standard types of their values. */
type Standard<Typed, Kept> = {
  [Key in keyof Kept]: unknown extends Kept[Key]
    ? Required<Typed>[Key & keyof Typed]
    : Kept[Key] extends object
      ? Standard<Typed[Key & keyof Typed], Kept[Key]>
      : Kept[Key];
};

/** Where the player was, and when: `playhead` in seconds (null when unknown), `ts` in Unix milliseconds. */
export type PlayerTime = MediaEvent['playerTime'];

/**
 * The playhead of an event in seconds. Null and negative ones are what players send when they do not know it, as the
 * player of an endless live stream may not.
 */
export function knownPlayhead({ playerTime: { playhead } }: Pick<MediaEvent, 'playerTime'>): number | undefined {
  return playhead === null || playhead < 0 ? undefined : playhead;
}
