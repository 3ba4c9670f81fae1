import { eachWork, filter } from '../../common/list-work.ts';
import { sortBy } from '../../common/sort-work.ts';
import { PIECE, type Work } from '../../common/work.ts';
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
export function* inFittingOrder(instant: readonly TimedBracket[], open: OpenBrackets): Work<TimedEvent[]> {
  const ordered: TimedEvent[] = [];
  const queues = new Map<string, Queue>();
  const waiting: Candidate[] = [];
  let steps = 0;
  const remaining: Remaining = { breakStarts: 0, breakEnds: 0, adEnds: 0 };
  for (const { event } of instant) {
    if (event.eventType === 'adBreakStart') remaining.breakStarts += 1;
    if (event.eventType === 'adBreakComplete') remaining.breakEnds += 1;
    if (event.eventType === 'adComplete' || event.eventType === 'adSkip') remaining.adEnds += 1;
    steps += 1;
    if (steps % PIECE === 0) yield;
  }

  function take(candidate: Candidate): void {
    candidate.isTaken = true;
    if (candidate.type === 'adBreakStart') remaining.breakStarts -= 1;
    if (candidate.type === 'adBreakComplete') remaining.breakEnds -= 1;
    if (candidate.type === 'adComplete' || candidate.type === 'adSkip') remaining.adEnds -= 1;
    BRACKETS[candidate.type].apply(open, candidate.state);
    ordered.push(candidate.stored);
  }

  /** Takes what fits once an event is taken, and what fits then. */
  function* takeWhatFits(taken: Candidate): Work<void> {
    let next = earliestFitting(taken, queues, open, remaining);
    while (next !== undefined) {
      take(next);
      if (ordered.length % PIECE === 0) yield;
      next = earliestFitting(next, queues, open, remaining);
    }
  }

  for (const [arrival, stored] of instant.entries()) {
    const candidate = candidateOf(stored, arrival);
    const { type, state } = candidate;
    if (fits(type, state, open, remaining)) {
      take(candidate);
      if (waiting.length > 0) yield* takeWhatFits(candidate);
    } else {
      waiting.push(candidate);
      queueOf(type, state, queues).events.push(candidate);
    }
    steps += 1;
    if (steps % PIECE === 0) yield;
  }

  if (waiting.length === 0) return ordered;
  const left = yield* filter(waiting, ({ isTaken }) => !isTaken);
  yield* eachWork(yield* sortBy(left, ({ type }) => TYPES.indexOf(type)), (candidate) => {
    if (candidate.isTaken) return undefined;
    take(candidate);
    return takeWhatFits(candidate);
  });
  return ordered;
}

/** Opens or closes in `open` what an event does that has its instant to itself. */
export function applyBracket({ event }: TimedBracket, open: OpenBrackets): void {
  BRACKETS[event.eventType].apply(open, stateOf(event));
}

function candidateOf(stored: TimedBracket, arrival: number): Candidate {
  const { event } = stored;
  return { stored, type: event.eventType, state: stateOf(event), arrival, isTaken: false };
}

/** The name of the state that an event is about, if it is about one. */
function stateOf(event: TimedBracket['event']): string {
  return event.eventType === 'stateStart' || event.eventType === 'stateEnd' ? stateNameOf(event) : '';
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
