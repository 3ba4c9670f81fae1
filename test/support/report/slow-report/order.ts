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
    const whole = arrived.slice(1).filter(({ event }) => event.playerTime.ts === ts);
    const rank = Math.min(...instant.map((event) => rankIn(whole, event)));
    const candidates = instant.filter((event) => rankIn(whole, event) === rank);
    const next = (rank === 1 ? bracketNext(candidates, done) : undefined) ?? candidates[0];
    left = left.filter((event) => event !== next);
    if (next) done.push(next);
  }
  return done;
}

/** As its type says, but for what pauses for an ad: a pauseStart that arrived ahead of the first adStart, and all to it. */
function rankIn(whole: readonly StoredEvent[], event: StoredEvent): number {
  const ad = whole.findIndex(isType('adStart'));
  const pause = whole.slice(0, Math.max(0, ad)).findLastIndex(isType('pauseStart'));
  const pauses = whole.indexOf(event) <= pause && isType('play', 'pauseStart', 'bufferStart')(event);
  return pauses ? 0.5 : rankOf(event);
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
