import type { StoredEvent } from '../../../../src/session/session.ts';
import type { EventType } from '../../../../src/wire/event-types.ts';
import { inBreak, isOpen, isStateOn, isType, openAd, stateName } from './history.ts';

/** The events in order: one after the other, each chosen among all that are left. */
export function ordered(arrived: readonly StoredEvent[]): StoredEvent[] {
  const done = arrived.slice(0, 1);
  let left = arrived.slice(1);
  while (left.length > 0) {
    const ts = Math.min(...left.map(({ event }) => event.playerTime.ts));
    const instant = left.filter(({ event }) => event.playerTime.ts === ts);
    const rank = Math.min(...instant.map(rankOf));
    const candidates = instant.filter((event) => rankOf(event) === rank);
    const next = (rank === 1 ? bracketNext(candidates, done) : undefined) ?? candidates[0];
    left = left.filter((event) => event !== next);
    if (next) done.push(next);
  }
  return done;
}

function rankOf({ event: { eventType } }: StoredEvent): number {
  if (eventType === 'sessionStart') return 0;
  if (/^(ad|chapter|state)/.test(eventType)) return 1;
  return eventType === 'sessionEnd' ? 4 : eventType === 'sessionComplete' ? 3 : 2;
}

function bracketNext(candidates: readonly StoredEvent[], done: readonly StoredEvent[]): StoredEvent | undefined {
  const list: EventType[] = ['adComplete', 'adSkip', 'adBreakComplete', 'chapterComplete', 'chapterSkip', 'stateEnd'];
  list.push('chapterStart', 'adBreakStart', 'adStart', 'stateStart');
  const lastResorts = list.map((type) => candidates.find(isType(type)));
  return candidates.find((event) => fits(event, done, candidates)) ?? lastResorts.find((event) => event !== undefined);
}

function fits(stored: StoredEvent, done: readonly StoredEvent[], left: readonly StoredEvent[]): boolean {
  const chapter = isOpen(done, ['chapterStart'], ['chapterComplete', 'chapterSkip']) !== undefined;
  switch (stored.event.eventType) {
    case 'adBreakStart':
      return !inBreak(done);
    case 'adStart':
      if (left.some(isType('adBreakStart')) && left.some(isType('adBreakComplete'))) {
        if (!left.some(isType('adComplete', 'adSkip'))) return false;
      }
      return inBreak(done) && !openAd(done);
    case 'adBreakComplete':
      return inBreak(done) && !openAd(done);
    case 'adComplete':
    case 'adSkip':
      return openAd(done) !== undefined;
    case 'chapterStart':
      return !chapter;
    case 'chapterComplete':
    case 'chapterSkip':
      return chapter;
    case 'stateStart':
      return !isStateOn(done, stateName(stored));
    default:
      return isStateOn(done, stateName(stored));
  }
}
