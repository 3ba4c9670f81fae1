import type { MediaSession, StoredEvent } from '../session/session.ts';
import { type Analysis, analyse, type ReportOptions } from './analysis.ts';
import { type Evidence, evidenceOf } from './sections/evidence.ts';
import { gapBetween, type Interval } from './timeline/interval.ts';
import type { PlayheadRange } from './timeline/viewed-ranges.ts';

/** Where an event is found: its place in the order of arrival, from 0, and what tells it apart there. */
export interface ExplainedEvent {
  readonly index: number;
  readonly eventType: string;
  /** Unix milliseconds by the client's clock. */
  readonly ts: number;
  /** Seconds, null when unknown. */
  readonly playhead: number | null;
}

/** A stretch of time and the events that bound it. `ms` is what it counts as, also when a clock jumped. */
export interface ExplainedInterval {
  readonly from: ExplainedEvent;
  readonly to: ExplainedEvent;
  readonly ms: number;
}

/** Where each event stands in the order of arrival. */
type Indexes = ReadonlyMap<StoredEvent, number>;

/** What made one value of the report. */
export interface Explanation {
  /** The time that was summed, in milliseconds, before its rounding to seconds. */
  readonly intervals: readonly ExplainedInterval[];
  /** The events that were counted, or that the value was read from. */
  readonly events: readonly ExplainedEvent[];
  /** The stretches of the content that were viewed, in seconds; of `uniqueTimePlayed` only. */
  readonly playheads?: readonly PlayheadRange[];
}

/**
 * What made each duration and each count of the report, by its field path. Takes what `sessionReport`
 * takes; pure.
 *
 *     explainReport(session, events)['sessionDetails.pauseTime'];
 *     // { intervals: [{ from: { index: 22, eventType: 'pauseStart', ... }, to: ..., ms: 10000 }], events: [] }
 */
export function explainReport(
  session: MediaSession,
  events: readonly StoredEvent[],
  options: ReportOptions = {},
): Readonly<Record<string, Explanation>> {
  return explanationsOf(analyse(session, events, options));
}

/** What made the numbers of a session that was read. */
export function explanationsOf(analysis: Analysis): Readonly<Record<string, Explanation>> {
  const indexes = new Map(analysis.given.map((stored, index) => [stored, index]));
  const explained = Object.entries(evidenceOf(analysis)).map(([path, evidence]) => [path, explain(evidence, indexes)]);
  return Object.fromEntries(explained);
}

function explain({ intervals = [], events = [], playheads }: Evidence, indexes: Indexes): Explanation {
  return {
    intervals: joined(intervals).map(({ from, to, ms }) => ({ from: mark(from, indexes), to: mark(to, indexes), ms })),
    events: events.filter((stored) => stored !== undefined).map((stored) => mark(stored, indexes)),
    ...(playheads && { playheads }),
  };
}

function mark(stored: StoredEvent, indexes: Indexes): ExplainedEvent {
  const { eventType, playerTime } = stored.event;
  return { index: indexes.get(stored) ?? -1, eventType, ts: playerTime.ts, playhead: playerTime.playhead };
}

/** Neighbours as one, so that an hour of pings reads as one stretch; a clock that jumped stands out by itself. */
function joined(spans: readonly Interval[]): Interval[] {
  const stretches: Interval[] = [];
  for (const span of spans) {
    const last = stretches.at(-1);
    const joins = last && last.to === span.from && byTheClock(last) && byTheClock(span);
    if (joins) stretches[stretches.length - 1] = { from: last.from, to: span.to, ms: last.ms + span.ms };
    else stretches.push(span);
  }
  return stretches;
}

function byTheClock({ from, to, ms }: Interval): boolean {
  return gapBetween(from, to) === ms;
}
