import type { StoredEvent } from '../../../src/session/session.ts';
import type { EventType } from '../../../src/wire/event-types.ts';
import { at } from './sessions.ts';

/** Makes so many events. */
type Make = (count: number) => StoredEvent[];

/** Sessions of any length that are as bad as can be for something: one instant, no order, nothing but starts. */
export const HOSTILE_SESSIONS: Readonly<Record<string, Make>> = {
  pings: cycle(['ping'], 10),
  'pings of one ts': cycle(['ping'], 0),
  'frozen pings of one second': (count) => [...cycle(['play', 'ping'], 0.001, 0)(count - 1), at(count, 'ping', 0)],
  'events from the last to the first': (count) => {
    const events = cycle(['ping', 'play', 'pauseStart'], 0.1)(count);
    return [...events.slice(0, 1), ...events.slice(1).reverse()].map(({ event }, place) => arriving(event, place));
  },
  'events that all arrive at once, from the last to the first': (count) => {
    const events = cycle(['ping', 'play'], 0.1)(count);
    return [...events.slice(0, 1), ...events.slice(1).reverse()].map(({ event }) => arriving(event, count));
  },
  'a clock that is set at each event': (count) =>
    cycle(['ping'], 10)(count).map(({ event }, place) => arriving(event, place * 10 + (place % 2) * 700)),
  'a clock that runs down': (count) =>
    cycle(['ping'], 10)(count).map(({ event }, place) => arriving(event, place * 10 - Math.min(place, 100_000) / 10)),
  'ads in no break': cycle(['adStart'], 0),
  'ads of one break': (count) => [...cycle(['adBreakStart'], 0)(2), ...cycle(['adStart'], 1)(count - 2).slice(1)],
  'breaks and ads of one ts': cycle(['adStart', 'adBreakStart'], 0),
  'ends and starts of one ts': (count) => [
    ...cycle(['adComplete', 'chapterSkip'], 0)(Math.floor(count / 2)),
    ...cycle(['adBreakStart', 'adBreakComplete', 'chapterStart'], 0)(Math.ceil(count / 2)).slice(1),
  ],
  chapters: cycle(['chapterStart', 'play'], 1),
  'one chapter': (count) => [...cycle(['chapterStart'], 0)(2), ...cycle(['play', 'ping'], 1)(count - 2).slice(1)],
  'states of other names': (count) =>
    cycle(
      ['stateStart'],
      0,
    )(count).map((stored, place) =>
      place === 0 ? stored : at(0, 'stateStart', 0, { params: { 'media.state.name': `state ${place}` } }),
    ),
  'a state on and off': cycle(['stateStart', 'stateEnd'], 0.1),
  'errors of other ids': (count) =>
    cycle(
      ['error'],
      0.1,
    )(count).map((stored, place) =>
      place === 0 ? stored : at(place / 10, 'error', 0, { params: { 'media.errorId': `error ${place}` } }),
    ),
  'seeks to everywhere': (count) => [
    ...cycle(['play'], 1)(2),
    ...Array.from({ length: count - 2 }, (_, place) => at(place + 2, 'ping', (place * 7919) % 50_000)),
  ],
  'unknown playheads after sessionEnd': (count) => [
    ...[at(0, 'sessionStart'), at(1, 'sessionEnd')],
    ...Array.from({ length: count - 2 }, (_, place) => at(place / 1000 + 2, 'ping', null)),
  ],
};

/** A sessionStart and events of these types, in turn, so many seconds apart. The playhead goes along unless given. */
function cycle(types: readonly EventType[], apart: number, playhead?: number): Make {
  return (count) => [
    at(0, 'sessionStart'),
    ...Array.from({ length: count - 1 }, (_, place) =>
      at((place + 1) * apart, types[place % types.length] ?? 'ping', playhead ?? Math.round((place + 1) * apart)),
    ),
  ];
}

/** An event that arrives so many seconds after the start. */
function arriving(event: StoredEvent['event'], seconds: number): StoredEvent {
  return { event, receivedAt: at(seconds, 'ping').receivedAt };
}
