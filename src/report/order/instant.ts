import {
  affectedBy,
  BRACKETS,
  type BracketType,
  type OpenBrackets,
  stateNameOf,
  type TimedBracket,
} from './brackets.ts';
import type { TimedEvent } from './timed-event.ts';

/** An event of the instant and whether it has its place. */
interface Candidate {
  readonly stored: TimedBracket;
  readonly type: BracketType;
  /** The name of the state that the event is about; empty when it is about none. */
  readonly state: string;
  /** Its place in the order of arrival within the instant. */
  readonly arrival: number;
  isTaken: boolean;
}

/** Events of one type, and of one state, in the order of arrival: they fit all or none. */
interface Queue {
  readonly events: Candidate[];
  /** How many of them, from the first on, are known to be taken. */
  taken: number;
}

/** How many of some types are left to be taken at an instant. */
interface Remaining {
  breakStarts: number;
  breakEnds: number;
  adEnds: number;
}

/** The order of types in which events are taken when none of them fits. */
const TYPES = Object.keys(BRACKETS);

/**
 * The bracket events of one instant in the order in which they are taken: of those left, the earliest arrived that fits
 * what is open; when none fits, the first by type, then by arrival. A fixed order of types is not enough, since an
 * instant may hold the end of one ad and the start of the next, or the start and the end of an ad dismissed at once
 * (decided here). Opens and closes in `open` what the events do.
 *
 * Where one break ends and another starts, an ad does not start in the old one, unless it may end there too: it
 * would be cut short, and the time that it plays would belong to no ad.
 *
 * What does not fit when it is looked at waits in a queue, so that each event is looked at twice and not
 * once for every other.
 */
export function inFittingOrder(instant: readonly TimedBracket[], open: OpenBrackets): TimedEvent[] {
  const ordered: TimedEvent[] = [];
  const queues = new Map<string, Queue>();
  const waiting: Candidate[] = [];
  const remaining = remainingIn(instant);

  function take(first: Candidate): void {
    let next: Candidate | undefined = first;
    while (next !== undefined) {
      next.isTaken = true;
      if (next.type === 'adBreakStart') remaining.breakStarts -= 1;
      if (next.type === 'adBreakComplete') remaining.breakEnds -= 1;
      if (next.type === 'adComplete' || next.type === 'adSkip') remaining.adEnds -= 1;
      BRACKETS[next.type].apply(open, next.state);
      ordered.push(next.stored);
      next = waiting.length === 0 ? undefined : earliestFitting(next, queues, open, remaining);
    }
  }

  for (const [arrival, stored] of instant.entries()) {
    const { event } = stored;
    const type = event.eventType;
    const state = event.eventType === 'stateStart' || event.eventType === 'stateEnd' ? stateNameOf(event) : '';
    const candidate: Candidate = { stored, type, state, arrival, isTaken: false };
    if (fits(type, state, open, remaining)) {
      take(candidate);
    } else {
      waiting.push(candidate);
      queueOf(type, state, queues).events.push(candidate);
    }
  }

  waiting.sort((a, b) => TYPES.indexOf(a.type) - TYPES.indexOf(b.type));
  for (const candidate of waiting) if (!candidate.isTaken) take(candidate);
  return ordered;
}

function remainingIn(instant: readonly TimedBracket[]): Remaining {
  const countOf = (type: BracketType) => instant.filter(({ event }) => event.eventType === type).length;
  return {
    breakStarts: countOf('adBreakStart'),
    breakEnds: countOf('adBreakComplete'),
    adEnds: countOf('adComplete') + countOf('adSkip'),
  };
}

/** Whether an event fits what is open and, when it is an adStart, no other break takes over while the ad runs. */
function fits(type: BracketType, state: string, open: OpenBrackets, remaining: Remaining): boolean {
  const takenOver = remaining.breakStarts > 0 && remaining.breakEnds > 0 && remaining.adEnds === 0;
  if (type === 'adStart' && takenOver) return false;
  return BRACKETS[type].fits(open, state);
}

/** The earliest of those waiting that fits now that `taken` is taken: only what it affects can. */
function earliestFitting(
  taken: Candidate,
  queues: Map<string, Queue>,
  open: OpenBrackets,
  remaining: Remaining,
): Candidate | undefined {
  let earliest: Candidate | undefined;
  for (const type of affectedBy(taken.type)) {
    if (!fits(type, taken.state, open, remaining)) continue;
    const first = firstWaiting(queues.get(keyOf(type, taken.state)));
    if (first && (earliest === undefined || first.arrival < earliest.arrival)) earliest = first;
  }
  return earliest;
}

function firstWaiting(queue: Queue | undefined): Candidate | undefined {
  while (queue?.events[queue.taken]?.isTaken) queue.taken += 1;
  return queue?.events[queue.taken];
}

function queueOf(type: BracketType, state: string, queues: Map<string, Queue>): Queue {
  const key = keyOf(type, state);
  const queue = queues.get(key) ?? { events: [], taken: 0 };
  queues.set(key, queue);
  return queue;
}

function keyOf(type: BracketType, state: string): string {
  return `${type} ${state}`;
}
