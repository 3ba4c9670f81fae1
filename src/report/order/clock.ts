import { each, find } from '../../common/list-work.ts';
import type { Work } from '../../common/work.ts';
import type { StoredEvent } from '../../session/session.ts';
import { knownPlayhead } from '../../wire/events.ts';
import { addTo, delayOf, type Stretch, stretchFrom, TOLERANCE } from './stretch.ts';

/** What the clock of a client is read by. */
export interface ClockTraits {
  /** Its playhead is the second of the day, which may come from the same clock. */
  readonly isLive: boolean;
  /** The idle timeout in milliseconds: no delay is longer. */
  readonly idle: number;
}

/** The clock was set. */
interface ClockStep {
  /** The place, in the order of arrival, of the first event with the clock as it was set. */
  readonly index: number;
  /** How far it was set, in milliseconds: forward above 0, back below. */
  readonly ms: number;
}

/** How the clock of a client ran during a session. */
export interface Clock {
  readonly steps: readonly ClockStep[];
  /** How far the clock had been set in all at the event at a place in the order of arrival, in milliseconds. */
  readonly offsetAt: (index: number) => number;
}

/** The clock of which nothing is mended. */
export const UNTOUCHED: Clock = { steps: [], offsetAt: () => 0 };

/** Events that are late or came by a clock that was set back; which of the two is not known yet. */
interface Run {
  readonly stretch: Stretch;
  /** The places of its events. */
  readonly members: number[];
}

/**
 * Finds where the clock of the client was set (decided here; the hosted service does not). A set-top box boots in 1970
 * and learns the time; others correct theirs. The collector knows when events came, and the network only adds to that:
 * so the least delay of a stretch of events shows the clock, a delay that is suddenly another and stays is a step, and
 * one that goes away again is an event that was late. Takes the events as they arrived; one walk, linear.
 */
export function* clockOf(events: readonly StoredEvent[], traits: ClockTraits): Work<Clock> {
  let stretch = stretchFrom(0, events);
  const stretches = [stretch];
  const steps = new Set<Stretch>();
  /** The stretch that each event belongs to, by its place among the stretches. */
  const places = new Uint32Array(events.length);
  let run: Run | undefined;
  /** Where the last step lies, by the place of the stretch that it begins. */
  let stepAt = 0;

  function begin(next: Stretch, members: readonly number[], noDelay = false): void {
    const isStep = isStepBetween(stretch, next, events, traits, noDelay);
    const place = stretches.push(next) - 1;
    stretch = next;
    run = undefined;
    for (const member of members) places[member] = place;
    if (!isStep) return;
    steps.add(next);
    stepAt = place;
  }

  yield* each(events, (at, index) => {
    if (index === 0) return;
    const delay = delayOf(at);
    if (stepAt > 0) {
      const [before, after] = [stretches[stepAt - 1], stretches[stepAt]];
      if (before && after && isNear(delay, before) && wasSentBefore(after.first, at, before, events)) {
        places[index] = stepAt - 1;
        addTo(before, index, events);
        return;
      }
    }

    places[index] = stretches.length - 1;
    const above = delay - stretch.level;
    if (above > TOLERANCE) {
      if (run) addTo(run.stretch, index, events);
      else run = { stretch: stretchFrom(index, events), members: [] };
      run.members.push(index);
      if (run.stretch.isHeld) begin(run.stretch, run.members);
      return;
    }
    const isParallel = run && above >= -TOLERANCE && wasSentBefore(run.stretch.first, at, stretch, events);
    if (!isParallel) run = undefined; // its events were late
    if (above >= -TOLERANCE || (-above < traits.idle && !stretch.isHeld)) addTo(stretch, index, events);
    else begin(stretchFrom(index, events), [index]);
  });

  // Still open, it was late, but for a step that no delay can be. A stretch that begins with no step moves nothing.
  if (run) {
    const noDelay = yield* isNoDelay(run, events, places, offsetsOf(stretches, steps));
    begin(run.stretch, run.members, noDelay);
  }
  return clockWith(stretches, steps, places);
}

function isNear(delay: number, { level }: Stretch): boolean {
  return Math.abs(delay - level) <= TOLERANCE;
}

/** Whether an event, by the clock of a stretch, was sent before the event at a place arrived. */
function wasSentBefore(index: number, at: StoredEvent, { level }: Stretch, events: readonly StoredEvent[]): boolean {
  const arrival = events[index]?.receivedAt;
  return arrival !== undefined && at.event.playerTime.ts + level <= arrival;
}

/**
 * Whether the clock was set between two stretches; otherwise the network changed. `noDelay` tells that the first event
 * of the second cannot be late.
 */
function isStepBetween(
  before: Stretch,
  after: Stretch,
  events: readonly StoredEvent[],
  { isLive, idle }: ClockTraits,
  noDelay: boolean,
): boolean {
  const [from, to] = [events[after.first - 1], events[after.first]];
  if (from === undefined || to === undefined) return false;
  const jump = after.level - before.level;
  const higher = jump > 0 ? after : before;
  if (!higher.isHeld && !noDelay && Math.abs(jump) <= idle) return false;

  const half = Math.abs(jump) / 2;
  const change = Math.sign(jump) * (delayOf(to) - delayOf(from));
  if (change <= half) return false; // drift, or a queue that grew
  return isLive || !playheadAgrees(from, to, half);
}

/** Whether content played on as long as `ts` says, to within a tolerance in milliseconds: then the events waited. */
function playheadAgrees({ event: from }: StoredEvent, { event: to }: StoredEvent, tolerance: number): boolean {
  const [playheadFrom, playheadTo] = [knownPlayhead(from), knownPlayhead(to)];
  if (playheadFrom === undefined || playheadTo === undefined || playheadTo <= playheadFrom) return false;
  const rise = Math.round(playheadTo * 1000) - Math.round(playheadFrom * 1000);
  return Math.abs(rise - (to.playerTime.ts - from.playerTime.ts)) <= tolerance;
}

/**
 * Whether the run at the last event shows that the clock was set, though its level is not held: an event of it is from
 * before the sessionStart, or a sessionEnd from before an event that arrived ahead of it.
 */
function* isNoDelay(
  { members }: Run,
  events: readonly StoredEvent[],
  places: Uint32Array,
  offsets: readonly number[],
): Work<boolean> {
  const start = events[0]?.event.playerTime.ts ?? 0;
  let latest = Number.NEGATIVE_INFINITY;
  let next = 0;
  const found = yield* find(events, ({ event }, index) => {
    const time = event.playerTime.ts + (offsets[places[index] ?? 0] ?? 0);
    const isMember = members[next] === index;
    if (isMember) next += 1;
    if (isMember && (time < start || (event.eventType === 'sessionEnd' && time < latest))) return true;
    latest = Math.max(latest, time);
    return false;
  });
  return found !== undefined;
}

/** How far each stretch is to be moved in time, in milliseconds, by the levels as they are. */
function offsetsOf(stretches: readonly Stretch[], steps: ReadonlySet<Stretch>): number[] {
  let offset = 0;
  return stretches.map((stretch, place) => {
    const jump = stretch.level - (stretches[place - 1] ?? stretch).level;
    if (steps.has(stretch) && Math.abs(jump) > TOLERANCE) offset += jump;
    return offset;
  });
}

function clockWith(stretches: readonly Stretch[], steps: ReadonlySet<Stretch>, places: Uint32Array): Clock {
  if (steps.size === 0) return UNTOUCHED;
  const offsets = offsetsOf(stretches, steps);
  const found = stretches.flatMap(({ first }, place) => {
    const jump = (offsets[place] ?? 0) - (offsets[place - 1] ?? 0);
    return jump === 0 ? [] : [{ index: first, ms: -jump }];
  });
  return { steps: found, offsetAt: (index) => offsets[places[index] ?? 0] ?? 0 };
}
