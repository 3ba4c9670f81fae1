import type { Static } from 'typebox';
import * as Type from 'typebox';
import { CLOSE_REASONS } from '../../session/session.ts';
import type { JsonSchema } from '../../wire/json-schema.ts';
import { adSchema } from './ad-schema.ts';
import { chapterSchema } from './chapter-schema.ts';
import { diagnosticSchema } from './diagnostic-schema.ts';
import { count, customMetadata, seconds, text, timestamp } from './field-types.ts';
import { qoeDataDetails } from './qoe-schema.ts';
import { sessionDetails } from './session-details-schema.ts';

const state = Type.Object({
  /** The name of the state; those of the five standard ones are always written the same. */
  name: Type.String(),
  /** Always true. */
  isSet: Type.Literal(true),
  /** How often it was turned on. */
  count,
  /** How long it was on, in seconds: through pauses, ads and buffering too. */
  time: seconds,
});

const report = Type.Object(
  {
    /** The id of the session. */
    sid: Type.String(),
    /** The API that it came by. */
    protocol: Type.Enum(['media-collection', 'media-edge']),
    /** The SDK that sent it, as `alloy-2.33.1`: `media.libraryVersion`. */
    sdk: text,
    /** The datastream that it was sent to; of the Media Edge API only. */
    datastream: text,
    /** Whether it may still get events. */
    open: Type.Boolean(),
    /** What closed it; absent while it is open. */
    closeReason: Type.Optional(Type.Enum([...CLOSE_REASONS])),
    /** `ts` of the sessionStart: Unix milliseconds by the client's clock. */
    startedAt: timestamp,
    /** The greatest `ts`: Unix milliseconds by the client's clock. */
    lastEventAt: timestamp,
    /** When it closed: Unix milliseconds by the server's clock; absent while it is open. */
    closedAt: Type.Optional(timestamp),
    /** The time the report is about: Unix milliseconds by the server's clock; only while it is open. */
    asOf: Type.Optional(timestamp),
    /** How many events were received; those that count for nothing too. */
    eventCount: count,
    /** What was watched and for how long. */
    sessionDetails,
    /** How good the playback was. */
    qoeDataDetails,
    /** The ads, in the order of their start. */
    ads: Type.Array(adSchema),
    /** The chapters, in the order of their start. */
    chapters: Type.Array(chapterSchema),
    /** The player states, in the order of their first start: ten at most. */
    states: Type.Array(state, {
      maxItems: 10,
    }),
    /** What the player sent with the session under names of its own. */
    customMetadata,
    /** What was noteworthy or wrong about the tracking, one entry per code, in the order of first occurrence. */
    diagnostics: Type.Array(diagnosticSchema),
  },
  {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'urn:media-sessions:report',
  },
);

/** A JSON Schema (draft 7) of the session report. The field names are XDM's mediaReporting. */
export const reportSchema = report as JsonSchema; // as TypeBox's schemas are

/** A player state that was on during the session: XDM playerStateData. */
export type PlayerState = Static<typeof state>;

/**
 * What a session meant. Durations are whole seconds, each rounded by itself; only `startedAt`,
 * `lastEventAt`, `closedAt` and `asOf` are Unix milliseconds. Flags are true or absent. Counts and
 * durations are always there; measured values are absent when unknown.
 */
export type SessionReport = Static<typeof report>;
