import { type MediaEvent, memoryStore, type SessionStore } from '../../../src/index.ts';
import type { StoredEvent } from '../../../src/session/session.ts';
import { start } from '../../../src/testing/conformance/samples.ts';
import type { EventType } from '../../../src/wire/event-types.ts';

/** An event after the start: its type, when it happened in milliseconds after it, and what else it has. */
type Sent = readonly [eventType: EventType, at: number, more?: object];

/** When they began, in Unix milliseconds. */
export const BEGAN = 1_700_000_000_000;
/** How long it is open, in milliseconds: longer than any of these sessions. */
export const OPEN_FOR = 1e9;

/** Makes a store with the open session `hostile` of the events given. `more` is what the start has beside its params. */
export async function storeOf(sent: Iterable<Sent>, more: object = {}): Promise<SessionStore> {
  const store = memoryStore({ maxBytes: Number.MAX_SAFE_INTEGER });
  const at = (ms: number) => ({ playhead: Math.floor(ms / 1000), ts: BEGAN + ms });
  const events: StoredEvent[] = [{ event: { ...start, playerTime: at(0), ...more } as MediaEvent, receivedAt: BEGAN }];
  for (const [eventType, ms, rest] of sent)
    events.push({
      event: { eventType, playerTime: at(ms), ...rest } as MediaEvent,
      receivedAt: BEGAN + Math.max(0, ms),
    });
  const lastEventAt = events.at(-1)?.receivedAt ?? BEGAN;
  const session = {
    sid: 'hostile',
    startedAt: BEGAN,
    closeReason: 'idle',
    lastEventAt,
    playhead: 0,
    length: 0,
  } as const;
  await store.create({ ...session, deadline: BEGAN + OPEN_FOR, playheadMovedAt: lastEventAt }, events);
  return store;
}

/** A text of characters that JSON escapes in six. */
function worstText(length: number): string {
  return '\u0001'.repeat(length);
}

const AD_BREAK = { 'media.ad.podIndex': 1, 'media.ad.podSecond': 0 };

/** Sessions that make answers large, each in a way of its own, of so many events. */
export const HOSTILE: Readonly<Record<string, (count: number) => Promise<SessionStore>>> = {
  'ads with long names': (count) =>
    storeOf(
      numbered(count, (at): Sent => {
        if (at === 0) return ['adBreakStart', 0, { params: AD_BREAK }];
        const params = { 'media.ad.id': worstText(60), 'media.ad.podPosition': at, 'media.ad.length': 1 };
        return ['adStart', at * 1000, { params }];
      }),
    ),
  'ad breaks that nobody closes': (count) =>
    storeOf(numbered(count, (at) => ['adBreakStart', at * 1000, { params: { ...AD_BREAK, 'media.ad.podIndex': at } }])),
  'chapters with long names': (count) =>
    storeOf([
      ['play', 0],
      ...numbered(count, (at): Sent => {
        const params = {
          'media.chapter.index': at,
          'media.chapter.offset': at,
          'media.chapter.length': 1,
          'media.chapter.friendlyName': worstText(60),
        };
        return ['chapterStart', at * 1000, { params }];
      }),
    ]),
  'pauses by turns': (count) => storeOf(numbered(count, (at) => [at % 2 ? 'pauseStart' : 'play', at * 1000])),
  'a clock that goes back and forth': (count) =>
    storeOf(numbered(count, (at) => [at % 2 ? 'pauseStart' : 'play', at % 4 > 1 ? at : 500_000 - at])),
  'ten states by turns': (count) =>
    storeOf(
      numbered(count, (at): Sent => {
        const params = { 'media.state.name': worstText(200) + (at % 10) };
        return [Math.floor(at / 10) % 2 ? 'stateEnd' : 'stateStart', at * 100, { params }];
      }),
    ),
  'errors with ids of their own': (count) =>
    storeOf(numbered(count, (at) => ['error', at * 1000, { qoeData: { 'media.qoe.errorID': worstText(50) + at } }])),
  'metadata of a megabyte': (count) =>
    storeOf(
      numbered(count, (at) => ['ping', at * 1000]),
      {
        customMetadata: Object.fromEntries(numbered(20_000, (at) => [`key${at}`, worstText(40)])),
        params: {
          ...start.params,
          'media.name': worstText(500_000),
          'media.genre': `${worstText(20)},`.repeat(20_000),
        },
      },
    ),
  'everything wrong': (count) =>
    storeOf(
      numbered(count, (at) => [
        at % 3 ? 'stateEnd' : 'adStart',
        -at,
        { params: { ...AD_BREAK, 'media.state.name': `s${at}`, 'media.ad.id': 'x', 'media.ad.podPosition': 1 } },
      ]),
    ),
  'an event of a megabyte': (count) =>
    storeOf([
      ...numbered(count, (at): Sent => ['ping', at * 1000]),
      ['ping', count * 1000, { qoeData: { 'media.qoe.errorID': worstText(1_000_000) } }],
      ['ping', count * 1000, { deep: nested(60), many: numbered(100_000, () => ({})) }],
    ]),
};

function nested(depth: number): object {
  return depth === 0 ? {} : { a: nested(depth - 1), b: worstText(10_000) };
}

function numbered<Value>(count: number, make: (at: number) => Value): Value[] {
  return Array.from({ length: count }, (_, at) => make(at));
}
