import type { StoredEvent } from '../../session/session.ts';
import type { EventType } from '../../wire/event-types.ts';
import type { OpenBrackets, StoredBracket } from './brackets.ts';
import { inFittingOrder } from './instant.ts';

/**
 * What comes first at one `ts` (decided here). SDKs send runs of events at one `ts`, and several at once, so
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

/** The events of a session, which are given as they arrived, as they happened: by `ts`, then rank, then arrival. */
export function inOrder(arrived: readonly StoredEvent[]): StoredEvent[] {
  const ordered = arrived.slice(0, 1); // the sessionStart comes first whatever its ts
  const open: OpenBrackets = { adBreak: false, ad: false, chapter: false, states: new Set() };
  let instant: StoredBracket[] = []; // bracket events of one ts, until the last of them is seen
  const endInstant = () => {
    for (const stored of inFittingOrder(instant, open)) ordered.push(stored);
    instant = [];
  };
  for (const stored of sorted(arrived.slice(1))) {
    const bracket = isBracket(stored);
    if (instant[0] && !(bracket && instant[0].event.playerTime.ts === stored.event.playerTime.ts)) endInstant();
    if (bracket) instant.push(stored);
    else ordered.push(stored);
  }
  endInstant();
  return ordered;
}

/** Sorts by time and rank. Most sessions arrive as they happen, and to see that takes less than to sort them. */
function sorted(events: readonly StoredEvent[]): readonly StoredEvent[] {
  let before: StoredEvent | undefined;
  for (const stored of events) {
    if (before && byTimeAndRank(before, stored) > 0) return events.toSorted(byTimeAndRank);
    before = stored;
  }
  return events;
}

/** The sort is stable, so arrival decides between equals. */
function byTimeAndRank({ event: a }: StoredEvent, { event: b }: StoredEvent): number {
  return a.playerTime.ts - b.playerTime.ts || RANKS[a.eventType] - RANKS[b.eventType];
}

function isBracket(stored: StoredEvent): stored is StoredBracket {
  return RANKS[stored.event.eventType] === 1;
}
