import type { EventType } from '../../wire/event-types.ts';
import type { OpenBrackets, TimedBracket } from './brackets.ts';
import { inFittingOrder } from './instant.ts';
import type { TimedEvent } from './timed-event.ts';

/**
 * What comes first at one time (decided here). SDKs send runs of events at one `ts`, and several at once, so
 * that they arrive in any order. A play is right behind the brackets of its instant: behind adStart it
 * belongs to the ad, behind adBreakComplete it is main content.
 */
const RANKS: Readonly<Record<EventType, number>> = {
  sessionStart: 0,
  adBreakStart: 2,
  adBreakComplete: 2,
  adStart: 2,
  adComplete: 2,
  adSkip: 2,
  chapterStart: 2,
  chapterComplete: 2,
  chapterSkip: 2,
  stateStart: 2,
  stateEnd: 2,
  play: 3,
  pauseStart: 3,
  bufferStart: 3,
  ping: 3,
  bitrateChange: 3,
  error: 3,
  sessionComplete: 4,
  sessionEnd: 5,
};

/** Of what the player did in order to pause for an ad of the same instant. */
const PAUSING = 1;
const BRACKET = 2;
const LAST_RANK = 5;

/** The events of a session, which are given as they arrived, as they happened: by time, then rank, then arrival. */
export function inOrder(arrived: readonly TimedEvent[]): TimedEvent[] {
  const ordered = arrived.slice(0, 1); // the sessionStart comes first whatever its ts
  const open: OpenBrackets = { adBreak: false, ad: false, chapter: false, states: new Set() };
  let instant: TimedEvent[] = [];
  const endInstant = () => {
    for (const at of orderedInstant(instant, open)) ordered.push(at);
    instant = [];
  };
  for (const at of sorted(arrived.slice(1))) {
    if (instant[0] && instant[0].time !== at.time) endInstant();
    instant.push(at);
  }
  endInstant();
  return ordered;
}

/** Sorts by time, and arrival decides between equals. Most sessions arrive as they happen, and are left as they are. */
function sorted(events: readonly TimedEvent[]): readonly TimedEvent[] {
  let before: TimedEvent | undefined;
  for (const at of events) {
    if (before && before.time > at.time) return events.toSorted((a, b) => a.time - b.time);
    before = at;
  }
  return events;
}

/** Orders the events of one instant, which are given as they arrived. Opens and closes in `open` what they do. */
function orderedInstant(instant: readonly TimedEvent[], open: OpenBrackets): readonly TimedEvent[] {
  const [first] = instant;
  if (instant.length === 1 && first && !isBracket(first)) return instant;

  const pausing = pausingForAd(instant);
  const brackets: TimedBracket[] = [];
  const ranks: TimedEvent[][] = Array.from({ length: LAST_RANK + 1 }, () => []);
  for (const [place, at] of instant.entries()) {
    if (isBracket(at)) brackets.push(at);
    else ranks[place < pausing && isOfPlayer(at) ? PAUSING : RANKS[at.event.eventType]]?.push(at);
  }
  ranks[BRACKET] = inFittingOrder(brackets, open);
  return ranks.flat();
}

/**
 * How many events of an instant, from the first that arrived on, pause for an ad: up to the last pauseStart ahead of the
 * first adStart. No SDK sends these at once; of a player that does, the ad starts in a pause, as it would a millisecond
 * later (decided here).
 */
function pausingForAd(instant: readonly TimedEvent[]): number {
  let pausing = 0;
  for (const [place, { event }] of instant.entries()) {
    if (event.eventType === 'adStart') return pausing;
    if (event.eventType === 'pauseStart') pausing = place + 1;
  }
  return 0;
}

function isOfPlayer({ event: { eventType } }: TimedEvent): boolean {
  return eventType === 'play' || eventType === 'pauseStart' || eventType === 'bufferStart';
}

function isBracket(at: TimedEvent): at is TimedBracket {
  return RANKS[at.event.eventType] === BRACKET;
}
