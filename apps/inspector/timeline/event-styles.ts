import type { EventType } from '../../../src/wire/event-types.ts';

/** How an event is drawn. */
interface EventStyle {
  /** What it is about, which gives its colour. */
  readonly category: 'session' | 'content' | 'pause' | 'buffer' | 'ad' | 'chapter' | 'state' | 'error' | 'ping';
  /** How much it matters where only one of several can be drawn. */
  readonly weight: number;
}

const STYLES: Readonly<Record<EventType, EventStyle>> = {
  sessionStart: { category: 'session', weight: 9 },
  sessionComplete: { category: 'session', weight: 8 },
  sessionEnd: { category: 'session', weight: 8 },
  error: { category: 'error', weight: 7 },
  play: { category: 'content', weight: 5 },
  pauseStart: { category: 'pause', weight: 6 },
  bufferStart: { category: 'buffer', weight: 6 },
  adBreakStart: { category: 'ad', weight: 4 },
  adBreakComplete: { category: 'ad', weight: 4 },
  adStart: { category: 'ad', weight: 5 },
  adComplete: { category: 'ad', weight: 4 },
  adSkip: { category: 'ad', weight: 4 },
  chapterStart: { category: 'chapter', weight: 3 },
  chapterComplete: { category: 'chapter', weight: 3 },
  chapterSkip: { category: 'chapter', weight: 3 },
  stateStart: { category: 'state', weight: 2 },
  stateEnd: { category: 'state', weight: 2 },
  bitrateChange: { category: 'ping', weight: 1 },
  ping: { category: 'ping', weight: 0 },
};

/** What an event is about. */
export function categoryOf(eventType: EventType): EventStyle['category'] {
  return STYLES[eventType].category;
}

/** How much an event matters where only one of several can be drawn. */
export function weightOf(eventType: EventType): number {
  return STYLES[eventType].weight;
}
