import type { Static } from 'typebox';
import * as Type from 'typebox';
import { EVENT_TYPES } from '../../wire/event-types.ts';
import { timestamp } from './field-types.ts';

/** How much a diagnostic matters: numbers are lost; numbers may mislead; noteworthy, but usual. */
export type Severity = 'error' | 'warning' | 'info';

/**
 * Every diagnostic there is, with its severity at the worst (decided here), in the order in which those of one event are
 * listed.
 */
export const SEVERITIES = {
  'events-left-out': 'error',
  'ad-outside-break': 'error',
  'ts-not-milliseconds': 'error',
  'no-main-play': 'error',
  'ad-not-closed': 'warning',
  'break-not-closed': 'warning',
  'ad-while-paused': 'warning',
  'play-before-preroll': 'warning',
  'end-without-start': 'warning',
  'chapter-overlap': 'warning',
  'complete-without-play': 'warning',
  'play-after-complete': 'warning',
  'missing-pings': 'warning',
  'clock-jump': 'warning',
  'ts-before-start': 'warning',
  'late-event': 'warning',
  'after-session-end': 'warning',
  'playhead-beyond-length': 'warning',
  'playhead-frozen': 'warning',
  'too-many-states': 'warning',
  'unknown-qoe-key': 'warning',
  'unusable-qoe-value': 'warning',
  'qoe-in-params': 'warning',
  'metadata-not-repeated': 'warning',
  'params-on-ping': 'info',
  'bitrate-change-without-value': 'info',
  'restart-without-resume': 'info',
  'duplicate-state-start': 'info',
  'state-end-without-start': 'info',
  'chapter-not-closed': 'info',
  'equal-ts': 'info',
  'out-of-order': 'info',
  'playhead-unknown': 'info',
  'no-length': 'info',
} as const satisfies Readonly<Record<string, Severity>>;

/** The name of a diagnostic. */
export type DiagnosticCode = keyof typeof SEVERITIES;

/** The names of all diagnostics. */
export const DIAGNOSTIC_CODES = Object.keys(SEVERITIES) as DiagnosticCode[]; // the keys of a literal are what it says

/** One entry of the diagnostics of a report. */
export const diagnosticSchema = Type.Object({
  /** What was found. */
  code: Type.Enum(DIAGNOSTIC_CODES),
  /** How much it matters: numbers are lost; numbers may mislead; noteworthy, but usual. */
  severity: Type.Enum(['error', 'warning', 'info']),
  /** What happened and what to do about it, in one sentence. */
  message: Type.String(),
  /** How often it occurred. */
  count: Type.Integer({ minimum: 1 }),
  /** `ts` of the event where it occurred first: Unix milliseconds by the client's clock. */
  ts: Type.Optional(timestamp),
  /** The type of that event. */
  eventType: Type.Optional(Type.Enum([...EVENT_TYPES])),
});

/** What was noteworthy or wrong about the tracking: one entry per code. */
export type Diagnostic = Static<typeof diagnosticSchema>;
