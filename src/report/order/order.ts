import { eachWork } from '../../common/list-work.ts';
import { sortBy, sortPiece } from '../../common/sort-work.ts';
import { PIECE, type Work } from '../../common/work.ts';
import type { EventType } from '../../wire/event-types.ts';
import type { OpenBrackets, TimedBracket } from './brackets.ts';
import { applyBracket, inFittingOrder } from './instant.ts';
import type { TimedEvent } from './timed-event.ts';

/**
 * What comes first at one time (decided here). SDKs send runs of events at one `ts`, and several at once, so
 * that they arrive in any order. A play is right behind the brackets of its instant: behind adStart it
 * belongs to the ad, behind adBreakComplete it is main content.
 */
const RANKS: Readonly<Record<EventType, number>> = {
  sessionStart: 0,
  adBreakStart: 1,
  adBreakComplete: 1,
  adStart: 1,
  adComplete: 1,
  adSkip: 1,
  chapterStart: 1,
  chapterComplete: 1,
  chapterSkip: 1,
  stateStart: 1,
  stateEnd: 1,
  play: 2,
  pauseStart: 2,
  bufferStart: 2,
  ping: 2,
  bitrateChange: 2,
  error: 2,
  sessionComplete: 3,
  sessionEnd: 4,
};

const BRACKET = 1;

/**
 * Of what the player did up to a pauseStart ahead of the first adStart of its instant: no SDK sends these at once, and of
 * a player that does, the ad starts in a pause, as it would a millisecond later (decided here).
 */
const BEFORE_BRACKETS = 0.5;

/** The events of a session, which are given as they arrived, as they happened: by time, then rank, then arrival. */
export function* inOrder(arrived: readonly TimedEvent[]): Work<TimedEvent[]> {
  const ordered: TimedEvent[] = [];
  const open: OpenBrackets = { adBreak: false, ad: false, chapter: false, states: new Set() };
  const append = (at: TimedEvent) => {
    at.place = ordered.length;
    ordered.push(at);
  };

  for (const start of arrived.slice(0, 1)) append(start); // it comes first whatever its ts
  let instant: TimedEvent[] = [];
  yield* eachWork(yield* sortBy(arrived.slice(1), ({ time }) => time), (at) => {
    const [first, second] = instant;
    if (first === undefined || first.time === at.time) {
      instant.push(at);
      return undefined;
    }
    const whole = instant;
    instant = [at];
    if (second) return orderInstant(whole, open, append);
    appendAlone(first, open, append);
    return undefined;
  });
  yield* orderInstant(instant, open, append);
  return ordered;
}

type Append = (at: TimedEvent) => void;

/** Appends an event that has its instant to itself. */
function appendAlone(at: TimedEvent, open: OpenBrackets, append: Append): void {
  if (isBracket(at)) applyBracket(at, open);
  append(at);
}

/** Appends the events of one instant, which are given as they arrived. Opens and closes in `open` what they do. */
function* orderInstant(instant: readonly TimedEvent[], open: OpenBrackets, append: Append): Work<void> {
  const brackets: TimedBracket[] = [];
  let pause: TimedEvent | undefined; // the last pauseStart that arrived ahead of the first adStart
  let hasAd = false;
  let steps = 0;
  for (const at of instant) {
    const { eventType } = at.event;
    hasAd ||= eventType === 'adStart';
    if (eventType === 'pauseStart' && !hasAd) pause = at;
    if (isBracket(at)) brackets.push(at);
    steps += 1;
    if (steps % PIECE === 0) yield;
  }

  const pausedAt = hasAd && pause ? pause.index : -1;
  const rankOf = (at: TimedEvent) =>
    at.index <= pausedAt && isOfPlayer(at) ? BEFORE_BRACKETS : RANKS[at.event.eventType];
  const fitting = brackets.length === 0 ? brackets : yield* inFittingOrder(brackets, open);
  let next = 0;
  for (const at of instant.length > PIECE ? yield* sortBy(instant, rankOf) : sortPiece(instant, rankOf)) {
    append((isBracket(at) && fitting[next++]) || at);
    steps += 1;
    if (steps % PIECE === 0) yield;
  }
}

function isOfPlayer({ event: { eventType } }: TimedEvent): boolean {
  return eventType === 'play' || eventType === 'pauseStart' || eventType === 'bufferStart';
}

function isBracket(at: TimedEvent): at is TimedBracket {
  return RANKS[at.event.eventType] === BRACKET;
}
