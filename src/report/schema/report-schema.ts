import type { Static } from 'typebox';
import * as Type from 'typebox';
import { CLOSE_REASONS } from '../../session/session.ts';
import { adSchema, type ReportedAd } from './ad-schema.ts';
import { chapterSchema, type ReportedChapter } from './chapter-schema.ts';
import { type Diagnostic, diagnosticSchema } from './diagnostic-schema.ts';
import { type CustomMetadata, count, customMetadata, requiredText, seconds, timestamp } from './field-types.ts';
import { type QoeDataDetails, qoeDataDetails } from './qoe-schema.ts';
import { type SessionDetails, sessionDetails } from './session-details-schema.ts';

const state = Type.Object({
  /** The name of the state; those of the five standard ones are always written the same. */
  name: requiredText('The name of the state; those of the five standard ones are always written the same.'),
  /** Always true. */
  isSet: Type.Literal(true, { description: 'Always true.' }),
  /** How often it was turned on. */
  count: count('How often it was turned on.'),
  /** How long it was on, in seconds: through pauses, ads and buffering too. */
  time: seconds('How long it was on, in seconds: through pauses, ads and buffering too.'),
});

/** A JSON Schema (draft 7) of the session report. The field names are XDM's mediaReporting. */
export const reportSchema = Type.Object(
  {
    /** The id of the session. */
    sid: requiredText('The id of the session.'),
    /** Whether it may still get events. */
    open: Type.Boolean({ description: 'Whether it may still get events.' }),
    /** What closed it; absent while it is open. */
    closeReason: Type.Optional(
      Type.Enum([...CLOSE_REASONS], { description: 'What closed it; absent while it is open.' }),
    ),
    /** `ts` of the sessionStart: Unix milliseconds by the client's clock. */
    startedAt: timestamp("`ts` of the sessionStart: Unix milliseconds by the client's clock."),
    /** The greatest `ts`: Unix milliseconds by the client's clock. */
    lastEventAt: timestamp("The greatest `ts`: Unix milliseconds by the client's clock."),
    /** When it closed: Unix milliseconds by the server's clock; absent while it is open. */
    closedAt: Type.Optional(
      timestamp("When it closed: Unix milliseconds by the server's clock; absent while it is open."),
    ),
    /** The time the report is about: Unix milliseconds by the server's clock; only while it is open. */
    asOf: Type.Optional(
      timestamp("The time the report is about: Unix milliseconds by the server's clock; only while it is open."),
    ),
    /** How many events were received; those that count for nothing too. */
    eventCount: count('How many events were received; those that count for nothing too.'),
    /** What was watched and for how long. */
    sessionDetails,
    /** How good the playback was. */
    qoeDataDetails,
    /** The ads, in the order of their start. */
    ads: Type.Array(adSchema, { description: 'The ads, in the order of their start.' }),
    /** The chapters, in the order of their start. */
    chapters: Type.Array(chapterSchema, { description: 'The chapters, in the order of their start.' }),
    /** The player states, in the order of their first start: ten at most. */
    states: Type.Array(state, {
      maxItems: 10,
      description: 'The player states, in the order of their first start: ten at most.',
    }),
    /** What the player sent with the session under names of its own. */
    customMetadata: customMetadata('What the player sent with the session under names of its own.'),
    /** What was noteworthy or wrong about the tracking, one entry per code, in the order of first occurrence. */
    diagnostics: Type.Array(diagnosticSchema, {
      description:
        'What was noteworthy or wrong about the tracking, one entry per code, in the order of first occurrence.',
    }),
  },
  {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'urn:media-sessions:report',
    description: 'What a session meant. Durations are whole seconds; flags are true or absent.',
  },
);

/** A player state that was on during the session: XDM playerStateData. */
export type PlayerState = Static<typeof state>;

/**
 * What a session meant. Durations are whole seconds, each rounded by itself; only `startedAt`,
 * `lastEventAt`, `closedAt` and `asOf` are Unix milliseconds. Flags are true or absent. Counts and
 * durations are always there; measured values are absent when unknown.
 */
export interface SessionReport extends Static<typeof reportSchema> {
  // Each part by its name: where a declaration file writes one out instead, it loses the comments of the fields.
  sessionDetails: SessionDetails;
  qoeDataDetails: QoeDataDetails;
  ads: ReportedAd[];
  chapters: ReportedChapter[];
  states: PlayerState[];
  customMetadata: CustomMetadata;
  diagnostics: Diagnostic[];
}
