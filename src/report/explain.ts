import { each, map } from '../common/list-work.ts';
import { checkOptionNames } from '../common/option-checks.ts';
import { PIECE, runAtOnce, type Work } from '../common/work.ts';
import type { MediaSession, StoredEvent } from '../session/session.ts';
import { type Analysis, analyse, REPORT_OPTIONS, type ReportOptions } from './analysis.ts';
import { type Evidence, eachEvidence } from './evidence.ts';
import type { TimedEvent } from './order/timed-event.ts';
import type { Interval } from './timeline/interval.ts';
import type { PlayheadRange } from './timeline/viewed-ranges.ts';

/** An event that a value of the report comes from. */
export interface ExplainedEvent {
  /** Its place in the order of arrival, from 0. */
  readonly index: number;
  readonly eventType: string;
  /** When it happened, in Unix milliseconds by the client's clock. */
  readonly ts: number;
  /** The same by the clock that the session started with; only where the client's was set meanwhile. */
  readonly time?: number;
  /** Where the player was then, in seconds; null when unknown. */
  readonly playhead: number | null;
}

/** The time between two events. */
export interface ExplainedInterval {
  readonly from: ExplainedEvent;
  readonly to: ExplainedEvent;
  /** What it counts as, in milliseconds: not the difference of the two `ts` where a clock jumped. */
  readonly ms: number;
}

/** What made one value of the report. */
export interface Explanation {
  /** The intervals that were summed; the sum of their `ms` was then rounded to seconds. */
  readonly intervals: readonly ExplainedInterval[];
  /** The events that were counted, or that the value was read from. */
  readonly events: readonly ExplainedEvent[];
  /** The ranges of the content that were viewed, in seconds; of `uniqueTimePlayed` only. */
  readonly playheads?: readonly PlayheadRange[];
}

/** What made the values of a report, by the paths of their fields. */
export type Explanations = Readonly<Record<string, Explanation>>;

/**
 * Says of each duration and each count of the report what made it, by the path of its field. Takes what `sessionReport`
 * takes, and throws what it throws. Pure.
 *
 *     explainReport(session, events)['sessionDetails.pauseTime'];
 *     // { intervals: [{ from: { index: 22, eventType: 'pauseStart', ... }, to: ..., ms: 10000 }], events: [] }
 */
export function explainReport(
  session: MediaSession,
  events: readonly StoredEvent[],
  options: ReportOptions = {},
): Explanations {
  checkOptionNames(options, REPORT_OPTIONS, 'explainReport');
  return runAtOnce(explaining(session, events, options));
}

function* explaining(
  session: MediaSession,
  events: readonly StoredEvent[],
  options: ReportOptions,
): Work<Explanations> {
  return yield* explanationsOf(yield* analyse(session, events, options));
}

/** What made the numbers of a session that was read. */
export function* explanationsOf(analysis: Analysis): Work<Explanations> {
  const explanations: Record<string, Explanation> = {};
  let steps = 0;
  yield* eachEvidence(analysis, function* (path, evidence) {
    explanations[path] = yield* explain(evidence);
    steps += 1 + (evidence.intervals?.length ?? 0) + (evidence.events?.length ?? 0);
    if (steps < PIECE) return;
    yield;
    steps = 0;
  });
  return explanations;
}

/** An interval whose events are named by their places. */
export function explainInterval({ from, to, ms }: Interval): ExplainedInterval {
  return { from: explainEvent(from), to: explainEvent(to), ms };
}

function explainEvent({ event: { eventType, playerTime }, index, time }: TimedEvent): ExplainedEvent {
  const { ts, playhead } = playerTime;
  return { index, eventType, ts, ...(time !== ts && { time }), playhead };
}

function* explain({ intervals = [], events = [], playheads }: Evidence): Work<Explanation> {
  const explained: ExplainedEvent[] = [];
  yield* each(events, (at) => {
    if (at) explained.push(explainEvent(at));
  });
  return {
    intervals: yield* map(yield* joined(intervals), explainInterval),
    events: explained,
    ...(playheads && { playheads }),
  };
}

/** Neighbours as one, so that an hour of pings reads as one interval; a clock that jumped stands out by itself. */
function* joined(intervals: readonly Interval[]): Work<Interval[]> {
  const all: Interval[] = [];
  yield* each(intervals, (interval) => {
    const last = all.at(-1);
    const joins = last && last.to === interval.from && byTheClock(last) && byTheClock(interval);
    if (joins) all[all.length - 1] = { from: last.from, to: interval.to, ms: last.ms + interval.ms };
    else all.push(interval);
  });
  return all;
}

/** Whether the length is the difference of the two `ts` that are shown. */
function byTheClock({ from, to, ms }: Interval): boolean {
  return to.event.playerTime.ts - from.event.playerTime.ts === ms;
}
