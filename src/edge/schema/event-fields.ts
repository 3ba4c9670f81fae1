import type { TSchema } from 'typebox';
import * as Type from 'typebox';
import { type Field, type Fields, objectOf, optional, requiredByDoc } from '../../wire/field.ts';
import type { EdgeEventType } from '../event-types.ts';
import { advertisingDetails, advertisingPodDetails, chapterDetails, sessionDetails } from './details.ts';
import { MAX_STATES, reading, text } from './field-types.ts';

/** What the player measured (doc: endpoints/media; XDM qoeDataDetails). `timeToStart` is in milliseconds. */
export const qoe = objectOf({
  bitrate: optional(reading),
  droppedFrames: optional(reading),
  framesPerSecond: optional(reading),
  timeToStart: optional(reading),
});

/** Null from the Web SDK before the player has measured anything. */
const qoeOrNull = { standard: Type.Union([qoe.standard, Type.Null()]), strict: qoe.strict };

/** What went wrong (doc: endpoints/media). */
const errorDetails = objectOf({
  name: text,
  source: requiredByDoc({ standard: Type.String(), strict: Type.Enum(['player', 'external']) }),
});

/** Player states by their names. */
const states = optional(
  listOf(objectOf({ name: { standard: Type.String(), strict: Type.String({ pattern: '^[a-zA-Z0-9_.]{1,64}$' }) } }), {
    maxItems: MAX_STATES,
  }),
);

const scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);

/** What the app sends under names of its own. */
const customMetadata = optional(listOf(objectOf({ name: text, value: { standard: scalar, strict: Type.String() } })));

/** The members of `mediaCollection` that any event may have. */
const any = {
  /** Seconds. Left out, or null, where the player does not know it. */
  playhead: requiredByDoc({
    standard: Type.Union([Type.Number(), Type.Null()]),
    strict: Type.Integer({ minimum: 0 }),
  }),
  qoeDataDetails: optional(qoeOrNull),
};

/** Those of an event that follows in a session. */
const later = { ...any, sessionID: text };

/** `mediaCollection` of an event without members of its own. */
const plain = withoutMetadata(later);

/** `mediaCollection` of each event type (doc: endpoints/media). */
export const mediaCollections = {
  sessionStart: objectOf({ ...any, customMetadata, sessionDetails }),
  play: plain,
  ping: plain,
  pauseStart: plain,
  bufferStart: plain,
  bitrateChange: withoutMetadata({ ...later, qoeDataDetails: requiredByDoc(qoeOrNull) }),
  error: withoutMetadata({ ...later, errorDetails }),
  adBreakStart: withoutMetadata({ ...later, advertisingPodDetails: requiredByDoc(advertisingPodDetails) }),
  adBreakComplete: plain,
  adStart: objectOf({ ...later, customMetadata, advertisingDetails }),
  adComplete: plain,
  adSkip: plain,
  chapterStart: objectOf({ ...later, customMetadata, chapterDetails }),
  chapterComplete: plain,
  chapterSkip: plain,
  statesUpdate: withoutMetadata({ ...later, statesStart: states, statesEnd: states }),
  sessionComplete: plain,
  sessionEnd: plain,
} satisfies Readonly<Record<EdgeEventType, Field>>;

/** With these types the documentation has no customMetadata; in standard it may come with any, and is kept. */
function withoutMetadata<F extends Fields>(fields: F) {
  return { standard: objectOf({ ...fields, customMetadata }).standard, strict: objectOf(fields).strict };
}

function listOf<A extends TSchema, B extends TSchema>(
  element: Field<A, B>,
  bounds: { readonly maxItems?: number } = {},
) {
  return { standard: Type.Array(element.standard, bounds), strict: Type.Array(element.strict, bounds) };
}
