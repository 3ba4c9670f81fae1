import fc from 'fast-check';
import type { StoredEvent } from '../../../src/session/session.ts';
import { EVENT_TYPES, type EventType } from '../../../src/wire/event-types.ts';
import { at } from './sessions.ts';

/** How an arbitrary session is made. All times are in tenths of a second, so that no rounding hides in a sum. */
export interface Shape {
  /** The steps of `ts` that may lie between two events, in seconds. */
  readonly steps?: readonly number[];
  /** Whether events may arrive in another order than they happen. */
  readonly scrambled?: boolean;
  /** Only events of these types. */
  readonly types?: readonly EventType[];
}

const STEPS = [0, 0, 0.1, 0.4, 1, 1, 2, 5, 10, 40];

const TYPES = EVENT_TYPES.filter((type) => type !== 'sessionStart' && type !== 'sessionEnd');

/** What players do; strewn with single events, so that each is also cut short, doubled or out of place. */
const SCENES: readonly (readonly EventType[])[] = [
  ['play', 'ping', 'ping', 'ping'],
  ['play', 'ping', 'bitrateChange', 'ping', 'error', 'ping'],
  ['adBreakStart', 'adStart', 'ping', 'adComplete', 'adStart', 'adSkip', 'adBreakComplete', 'play'],
  ['adBreakStart', 'adStart', 'play', 'adComplete', 'adBreakComplete'],
  ['chapterStart', 'ping', 'chapterComplete'],
  ['chapterStart', 'play', 'ping', 'chapterSkip'],
  ['stateStart', 'ping', 'stateEnd'],
  ['pauseStart', 'ping', 'play'],
  ['bufferStart', 'play', 'ping'],
];

/** Sessions of any events in any order, that may make no sense at all: the report has to be right for each. */
export function arbitrarySession(shape: Shape = {}): fc.Arbitrary<StoredEvent[]> {
  const { steps = STEPS, scrambled = false, types = TYPES } = shape;
  const single = fc.constantFrom(...types).map((type) => [type]);
  const scene = types === TYPES ? fc.oneof(fc.constantFrom(...SCENES), single) : single;
  const script = fc.array(scene, { minLength: 1, maxLength: 12, size: 'max' }).map((scenes) => scenes.flat());
  const drafts = script.chain((played) => fc.tuple(...played.map((type) => arbitraryDraft(steps, type))));
  const ended = fc.option(fc.nat({ max: 40 }), { nil: undefined });
  return fc.tuple(drafts, ended, fc.infiniteStream(fc.nat())).map(([all, endAt, random]) => {
    const happened = [at(0, 'sessionStart', 0), ...happening(all)];
    if (endAt !== undefined && endAt < all.length) happened.splice(endAt + 1, 0, ...endedAfter(happened[endAt]));
    return scrambled ? arriving(happened, random) : happened;
  });
}

interface Draft {
  readonly type: EventType;
  readonly step: number;
  readonly move: number | 'along' | 'unknown' | 'negative';
  readonly state: string;
  readonly number: number;
  readonly bitrate: number | null | undefined;
}

function arbitraryDraft(steps: readonly number[], type: EventType): fc.Arbitrary<Draft> {
  return fc.record({
    type: fc.constant(type),
    step: fc.constantFrom(...steps),
    move: fc.oneof(
      { weight: 6, arbitrary: fc.constant('along' as const) },
      { weight: 4, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.constantFrom(1, 3, 40, -5) },
      { weight: 1, arbitrary: fc.constantFrom('unknown' as const, 'negative' as const) },
    ),
    state: fc.constantFrom('mute', 'fullScreen', 'fullscreen', 'a', 'b'),
    number: fc.integer({ min: 1, max: 9 }),
    bitrate: fc.option(fc.constantFrom(100, 250, 3000, null), { nil: undefined, freq: 3 }),
  });
}

function happening(drafts: readonly Draft[]): StoredEvent[] {
  let seconds = 0;
  let playhead = 0;
  return drafts.map(({ type, step, move, state, number, bitrate }) => {
    seconds += step;
    if (move === 'along') playhead += Math.round(step);
    if (typeof move === 'number') playhead = Math.max(0, playhead + move);
    const sent = move === 'unknown' ? null : move === 'negative' ? -1 : playhead;
    return at(seconds, type, sent, {
      ...paramsOf(type, state, number),
      ...(bitrate !== undefined && { qoeData: { 'media.qoe.bitrate': bitrate } }),
    });
  });
}

function paramsOf(type: EventType, state: string, number: number): { params?: Record<string, unknown> } {
  if (type === 'stateStart' || type === 'stateEnd') return { params: { 'media.state.name': state } };
  if (type === 'adStart') return { params: { 'media.ad.id': `ad-${number}` } };
  if (type === 'adBreakStart') return { params: { 'media.ad.podIndex': number } };
  if (type === 'chapterStart') return { params: { 'media.chapter.index': number } };
  return {};
}

function endedAfter(event: StoredEvent | undefined): StoredEvent[] {
  if (event === undefined) return [];
  const { playerTime } = event.event;
  return [{ event: { eventType: 'sessionEnd', playerTime }, receivedAt: event.receivedAt }];
}

/** What befalls a session at one of its events. */
interface Incident {
  readonly place: number;
  /** The clock is set, in seconds. */
  readonly set: number;
  /** For so many events from there on the network holds them back: to arrive at once, or each late by so many seconds. */
  readonly held: number;
  readonly late: number | 'at once';
}

const incident: fc.Arbitrary<Incident> = fc.record({
  place: fc.integer({ min: 1, max: 40 }), // the sessionStart arrives first
  set: fc.constantFrom(0, 0, -3, 4, 7, -7, 15, -15, 60, -60, 599, -700, 3600, -3600, -1e8),
  held: fc.constantFrom(0, 0, 1, 2, 4, 12, 99),
  late: fc.constantFrom<Incident['late'][]>('at once', 0.3, 4, 6, 20, 100),
});

/** The same events by a clock that is set now and then, over a network that holds events back. */
export function withUnsteadyClock(happened: readonly StoredEvent[]): fc.Arbitrary<StoredEvent[]> {
  return fc.array(incident, { minLength: 1, maxLength: 4 }).map((incidents) => {
    const stored = happened.map(({ event, receivedAt }, place) => {
      const set = incidents.filter((each) => each.place <= place).reduce((sum, each) => sum + each.set, 0);
      const playerTime = { ...event.playerTime, ts: Math.max(0, event.playerTime.ts + set * 1000) };
      const arrivals = incidents
        .filter((each) => each.place <= place && place < each.place + each.held)
        .map((each) => arrivalOf(each, happened, receivedAt));
      return { event: { ...event, playerTime }, receivedAt: Math.max(receivedAt, ...arrivals) };
    });
    return stored.sort((a, b) => a.receivedAt - b.receivedAt);
  });
}

function arrivalOf({ place, held, late }: Incident, happened: readonly StoredEvent[], receivedAt: number): number {
  if (late !== 'at once') return receivedAt + late * 1000;
  return happened[Math.min(place + held, happened.length - 1)]?.receivedAt ?? receivedAt;
}

/** The same events over a network that delays each by up to 4.9 s, so that they arrive in another order. */
export function delayed(happened: readonly StoredEvent[], random: Iterable<number>): StoredEvent[] {
  const numbers = random[Symbol.iterator]();
  const late = happened.map(({ event, receivedAt }, place) => {
    const delay = place === 0 ? 0 : ((numbers.next().value ?? 0) % 50) * 100;
    return { event, receivedAt: receivedAt + delay };
  });
  return late.sort((a, b) => a.receivedAt - b.receivedAt);
}

/** The same events behind the sessionStart in another order of arrival; when each place arrives stays. */
function arriving(happened: readonly StoredEvent[], random: Iterable<number>): StoredEvent[] {
  const numbers = random[Symbol.iterator]();
  const left = happened.slice(1).map(({ event }) => event);
  const order = left.map((event) => ({ event, key: numbers.next().value ?? 0 })).sort((a, b) => a.key - b.key);
  return happened.map((stored, place) => {
    const event = place === 0 ? stored.event : order[place - 1]?.event;
    return { event: event ?? stored.event, receivedAt: stored.receivedAt };
  });
}
