import type { Static } from 'typebox';
import * as Type from 'typebox';
import { CLOSE_REASONS } from '../../session/session.ts';
import { adSchema, chapterSchema, customMetadata, sessionDetails } from './content-schema.ts';
import { diagnosticSchema } from './diagnostic-schema.ts';
import { count, flag, integer, number, seconds, text, timestamp } from './field-types.ts';

const qoeDataDetails = Type.Object({
  isDroppedBeforeStart: flag,
  hasBufferImpactedStreams: flag,
  hasStallImpactedStreams: flag,
  hasBitrateChangeImpactedStreams: flag,
  hasErrorImpactedStreams: flag,
  hasDroppedFrameImpactedStreams: flag,
  bufferCount: count,
  bufferTime: seconds,
  stallCount: count,
  stallTime: seconds,
  bitrateChangeCount: count,
  /** As sent; the documented unit is kbps (doc: average-bitrate). */
  bitrateAverage: Type.Optional(integer),
  bitrateAverageBucket: text,
  droppedFrames: number,
  /** Seconds; milliseconds on the wire. */
  timeToStart: Type.Optional(integer),
  errorCount: count,
  playerSdkErrors: Type.Array(Type.String()),
  externalErrors: Type.Array(Type.String()),
});

const state = Type.Object({ name: Type.String(), isSet: Type.Literal(true), count, time: seconds });

/** A JSON Schema (draft 7) of the session report. The field names are XDM's mediaReporting. */
export const reportSchema = Type.Object(
  {
    sid: Type.String(),
    open: Type.Boolean(),
    /** Absent while the session is open. */
    closeReason: Type.Optional(Type.Enum([...CLOSE_REASONS])),
    /** `ts` of the sessionStart, by the client's clock. */
    startedAt: timestamp,
    /** The greatest `ts`, by the client's clock. */
    lastEventAt: timestamp,
    /** When the session closed, by the server's clock. */
    closedAt: Type.Optional(timestamp),
    /** The moment that the report of an open session is about, by the server's clock. */
    asOf: Type.Optional(timestamp),
    /** Events kept, those that count for nothing included. */
    eventCount: count,
    sessionDetails,
    qoeDataDetails,
    /** In the order of their start, as are chapters and states. */
    ads: Type.Array(adSchema),
    chapters: Type.Array(chapterSchema),
    states: Type.Array(state, { maxItems: 10 }),
    customMetadata,
    /** In the order of their first occurrence. */
    diagnostics: Type.Array(diagnosticSchema),
  },
  { $schema: 'http://json-schema.org/draft-07/schema#', $id: 'urn:media-sessions:report' },
);

/**
 * What a session meant. Durations are whole seconds, each rounded by itself; only `startedAt`,
 * `lastEventAt`, `closedAt` and `asOf` are Unix milliseconds. Flags are true or absent. Counts and
 * durations are always there; measured values are absent when unknown.
 */
export type SessionReport = Static<typeof reportSchema>;

/** How good the playback was: XDM qoeDataDetails. */
export type QoeDataDetails = Static<typeof qoeDataDetails>;

/** A player state that was on during the session: XDM playerStateData. */
export type PlayerState = Static<typeof state>;
