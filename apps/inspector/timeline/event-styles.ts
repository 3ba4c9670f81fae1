import type { IndexedEvent } from '../../../src/inspector/api.ts';
import type { EventType } from '../../../src/wire/event-types.ts';

/** What an event is about, which gives its colour; and how much it matters where only one of several can be seen. */
interface EventStyle {
  readonly about: 'session' | 'content' | 'pause' | 'buffer' | 'ad' | 'chapter' | 'state' | 'error' | 'ping';
  readonly weight: number;
}

const STYLES: Readonly<Record<EventType, EventStyle>> = {
  sessionStart: { about: 'session', weight: 9 },
  sessionComplete: { about: 'session', weight: 8 },
  sessionEnd: { about: 'session', weight: 8 },
  error: { about: 'error', weight: 7 },
  play: { about: 'content', weight: 5 },
  pauseStart: { about: 'pause', weight: 6 },
  bufferStart: { about: 'buffer', weight: 6 },
  adBreakStart: { about: 'ad', weight: 4 },
  adBreakComplete: { about: 'ad', weight: 4 },
  adStart: { about: 'ad', weight: 5 },
  adComplete: { about: 'ad', weight: 4 },
  adSkip: { about: 'ad', weight: 4 },
  chapterStart: { about: 'chapter', weight: 3 },
  chapterComplete: { about: 'chapter', weight: 3 },
  chapterSkip: { about: 'chapter', weight: 3 },
  stateStart: { about: 'state', weight: 2 },
  stateEnd: { about: 'state', weight: 2 },
  bitrateChange: { about: 'ping', weight: 1 },
  ping: { about: 'ping', weight: 0 },
};

export function aboutOf({ event }: IndexedEvent): EventStyle['about'] {
  return STYLES[event.eventType].about;
}

export function weightOf({ event }: IndexedEvent): number {
  return STYLES[event.eventType].weight;
}
