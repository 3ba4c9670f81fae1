import type { StoredEvent } from '../../../src/session/session.ts';
import type { MediaEvent } from '../../../src/wire/events.ts';

const EVENTS = 20_000;
/** When it starts, in Unix milliseconds. */
const START = 1_700_000_000_000;

/** Two days of a live stream: a break with two ads every ten minutes, chapters, states, a bitrate now and then. */
export function longSession(): StoredEvent[] {
  const session = [
    stored(0, 'sessionStart', { 'media.id': 'live', 'media.contentType': 'live', 'media.length': 86400 }),
  ];
  for (let second = 1; session.length < EVENTS; second += 10) {
    if (second % 600 === 1) session.push(...interlude(second));
    else session.push(stored(second, 'ping', undefined, second % 300 === 1));
  }
  return session.slice(0, EVENTS);
}

function interlude(second: number): StoredEvent[] {
  const chapter = { 'media.chapter.index': second, 'media.chapter.offset': second, 'media.chapter.length': 600 };
  const adBreak = { 'media.ad.podIndex': second, 'media.ad.podSecond': second };
  const ad = { 'media.ad.id': `ad-${second}`, 'media.ad.podPosition': 1, 'media.ad.length': 3 };
  return [
    stored(second, 'chapterComplete'),
    stored(second, 'chapterStart', chapter),
    stored(second, 'adBreakStart', adBreak),
    stored(second, 'adStart', ad),
    stored(second, 'play'),
    stored(second + 3, 'adComplete'),
    stored(second + 3, 'adStart', ad),
    stored(second + 6, 'adComplete'),
    stored(second + 6, 'adBreakComplete'),
    stored(second + 6, 'play'),
    stored(second + 7, 'stateStart', { 'media.state.name': 'mute' }),
    stored(second + 8, 'stateEnd', { 'media.state.name': 'mute' }),
    stored(second + 8, 'bufferStart'),
    stored(second + 9, 'play'),
  ];
}

function stored(second: number, eventType: string, params?: Record<string, unknown>, withQoe = false): StoredEvent {
  const ts = START + second * 1000;
  const qoeData = withQoe
    ? { 'media.qoe.bitrate': 3000, 'media.qoe.droppedFrames': 2, 'media.qoe.timeToStart': 900 }
    : undefined;
  const playhead = second % 86_400; // of a live stream, the second of the day
  const event = { eventType, playerTime: { playhead, ts }, params, qoeData };
  return { event: event as MediaEvent, receivedAt: ts + 40 }; // the parts are those of the types named above
}
