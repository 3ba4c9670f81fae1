import type { StoredEvent } from '../../session/session.ts';
import { BRACKETS, type BracketType, concernedBy, type Openness, type StoredBracket, stateNameOf } from './brackets.ts';

interface Waiting {
  readonly stored: StoredBracket;
  readonly type: BracketType;
  /** The name of the state that the event is about; empty when it is about none. */
  readonly state: string;
  readonly arrival: number;
  taken: boolean;
}

/** Events of one type, and of one state, in the order of arrival: they fit all or none. */
interface Queue {
  readonly events: Waiting[];
  /** How many of them were taken. */
  taken: number;
}

/** How many of some types are left to be taken at an instant. */
interface Left {
  breakStarts: number;
  breakEnds: number;
  adEnds: number;
}

const LAST_RESORT = Object.keys(BRACKETS);

/**
 * Appends the bracket events of one instant to `ordered`, one by one: of those left, the earliest arrived
 * that fits what is open; when none fits, the first by type, then by arrival. A fixed order of types is not
 * enough, since an instant may hold the end of one ad and the start of the next, or the start and the end of
 * an ad dismissed at once (decided here).
 *
 * Where one break ends and another starts, an ad does not start in the old one, unless it may end there too: it
 * would be cut short, and the time that it plays would belong to no ad.
 *
 * What does not fit when it is looked at waits in a queue, so that each event is looked at twice and not
 * once for every other.
 */
export function takeInFittingOrder(instant: readonly StoredBracket[], open: Openness, ordered: StoredEvent[]): void {
  if (instant.length === 0) return;
  const queues = new Map<string, Queue>();
  const waited: Waiting[] = [];
  const left = leftIn(instant);

  function take(first: Waiting): void {
    let next: Waiting | undefined = first;
    while (next !== undefined) {
      next.taken = true;
      if (next.type === 'adBreakStart') left.breakStarts -= 1;
      if (next.type === 'adBreakComplete') left.breakEnds -= 1;
      if (next.type === 'adComplete' || next.type === 'adSkip') left.adEnds -= 1;
      BRACKETS[next.type].apply(open, next.state);
      ordered.push(next.stored);
      next = waited.length === 0 ? undefined : earliestFitting(next, queues, open, left);
    }
  }

  for (const [arrival, stored] of instant.entries()) {
    const { event } = stored;
    const type = event.eventType;
    const state = event.eventType === 'stateStart' || event.eventType === 'stateEnd' ? stateNameOf(event) : '';
    const waiting: Waiting = { stored, type, state, arrival, taken: false };
    if (fits(type, state, open, left)) {
      take(waiting);
    } else {
      waited.push(waiting);
      queueOf(type, state, queues).events.push(waiting);
    }
  }

  waited.sort((a, b) => LAST_RESORT.indexOf(a.type) - LAST_RESORT.indexOf(b.type));
  for (const event of waited) if (!event.taken) take(event);
}

function leftIn(instant: readonly StoredBracket[]): Left {
  const countOf = (type: BracketType) => instant.filter(({ event }) => event.eventType === type).length;
  return {
    breakStarts: countOf('adBreakStart'),
    breakEnds: countOf('adBreakComplete'),
    adEnds: countOf('adComplete') + countOf('adSkip'),
  };
}

/** Whether an event fits what is open and, when it is an adStart, no other break takes over while the ad runs. */
function fits(type: BracketType, state: string, open: Openness, left: Left): boolean {
  const takenOver = left.breakStarts > 0 && left.breakEnds > 0 && left.adEnds === 0;
  if (type === 'adStart' && takenOver) return false;
  return BRACKETS[type].fits(open, state);
}

/** The earliest of those waiting that fits now that `taken` is taken: only what concerns the same thing can. */
function earliestFitting(taken: Waiting, queues: Map<string, Queue>, open: Openness, left: Left): Waiting | undefined {
  let earliest: Waiting | undefined;
  for (const type of concernedBy(taken.type)) {
    if (!fits(type, taken.state, open, left)) continue;
    const first = firstWaiting(queues.get(keyOf(type, taken.state)));
    if (first && (earliest === undefined || first.arrival < earliest.arrival)) earliest = first;
  }
  return earliest;
}

function firstWaiting(queue: Queue | undefined): Waiting | undefined {
  while (queue?.events[queue.taken]?.taken) queue.taken += 1;
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
