import type { TimedEvent } from '../order/timed-event.ts';
import type { SessionTraits } from './session-traits.ts';

/**
 * What an interval counts as. The last four count as nothing: `break` is a break without an ad; `starting` comes
 * before any play; `unannounced` is outside a break when a play came in one, but none outside; `ended` is after
 * sessionComplete.
 */
export type Activity = 'pause' | 'buffer' | 'ad' | 'content' | 'stall' | 'break' | 'starting' | 'unannounced' | 'ended';

/** The time between two events. */
export interface Interval {
  readonly from: TimedEvent;
  readonly to: TimedEvent;
  /** What it counts as, in milliseconds, whatever the clocks say. */
  readonly ms: number;
}

/** The time between two neighbours in the order of events. It counts as what was on after the first. */
export interface PlaybackInterval extends Interval {
  /** Of a frozen run it is only known at the run's end whether it is content or a stall. */
  activity: Activity;
  /** The last playheads known at both events, in seconds. */
  readonly playheadFrom: number | undefined;
  readonly playheadTo: number | undefined;
  /** The last bitrate known at the first event, as sent. */
  readonly bitrate: number | undefined;
  /** The place, among all chapters, of the one that was open. */
  readonly chapter: number | undefined;
}

/**
 * How long an interval counts, in milliseconds: by the client's clock, for time is never a difference of
 * playheads (doc: content-time-spent). A silence longer than the idle timeout would have closed the
 * session, so there the client's clock jumped, and the time between the arrivals is taken instead
 * (decided here).
 */
export function lengthBetween(from: TimedEvent, to: TimedEvent, { idle, wrongUnit }: SessionTraits): number {
  const gap = gapBetween(from, to);
  return gap <= idle || wrongUnit ? Math.max(0, gap) : Math.min(Math.max(0, to.receivedAt - from.receivedAt), idle);
}

/** How far two events are apart, in milliseconds. Negative only before the sessionStart. */
export function gapBetween(from: TimedEvent, to: TimedEvent): number {
  return to.time - from.time;
}

/** Intervals, in order, and how long they are together. */
export interface IntervalSum<Of extends Interval = PlaybackInterval> {
  readonly intervals: Of[];
  /** In milliseconds. */
  ms: number;
}

/** Intervals by what they count as. */
export type IntervalsByActivity = Readonly<Record<Activity, IntervalSum>>;

export function noIntervals<Of extends Interval = PlaybackInterval>(): IntervalSum<Of> {
  return { intervals: [], ms: 0 };
}

export function addInterval<Of extends Interval>(interval: Of, sum: IntervalSum<Of>): void {
  sum.intervals.push(interval);
  sum.ms += interval.ms;
}

/** Content and ads are what plays; waiting, stalls and pauses are not. */
export function isPlaying({ activity }: PlaybackInterval): boolean {
  return activity === 'content' || activity === 'ad';
}

/** Milliseconds as whole seconds, half up. The only rounding of a duration: sums are kept in milliseconds. */
export function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000 + 0.5);
}
