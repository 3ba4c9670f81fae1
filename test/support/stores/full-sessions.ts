import { DEFAULT_TIMEOUTS, open } from '../../../src/session/lifecycle.ts';
import type { SessionStore } from '../../../src/session/store.ts';
import type { MediaEvent } from '../../../src/wire/events.ts';

/** What fills a session: each kind makes the most of something. The `index` counts the events. */
export const FILLINGS: Readonly<Record<string, (index: number, ts: number) => object>> = {
  objects: (index, ts) => ping(index, ts, { own: Array.from({ length: 4_990 }, () => ({})) }),
  keys: (index, ts) =>
    ping(index, ts, {
      own: Object.fromEntries(Array.from({ length: 4_990 }, (_, key) => [`k${index * 5000 + key}`, 0])),
    }),
  text: (index, ts) => ping(index, ts, { own: 'x'.repeat(1_000_000) }),
  pings: (index, ts) => ping(index % 60, ts),
  ads: (index, ts) =>
    index === 1
      ? { ...ping(0, ts), eventType: 'adBreakStart', params: POD }
      : index % 2 === 0
        ? { ...ping(0, ts), eventType: 'adStart', params: AD }
        : { ...ping(0, ts), eventType: 'adComplete' },
  pauses: (index, ts) => ({ ...ping(index, ts), eventType: index % 2 === 0 ? 'pauseStart' : 'play' }),
};

const POD = { 'media.ad.podIndex': 1, 'media.ad.podSecond': 0, 'media.ad.podFriendlyName': 'pod' };
const AD = { 'media.ad.id': 'ad', 'media.ad.length': 1, 'media.ad.podPosition': 1 };

function ping(playhead: number, ts: number, own: object = {}) {
  return { eventType: 'ping', playerTime: { playhead, ts }, ...own };
}

/** How many events are appended at a time: about a megabyte. */
const AT_A_TIME: Readonly<Record<string, number>> = { objects: 20, keys: 20, text: 1 };

/** Fills a session until it takes no more, by the usual bound unless another is given. */
export async function fillSession(
  store: SessionStore,
  sid: string,
  filling: string,
  { startedAt, maxLength = 16 * 1024 * 1024 }: { readonly startedAt: number; readonly maxLength?: number },
): Promise<void> {
  const make = FILLINGS[filling] ?? (() => ({}));
  const start = {
    eventType: 'sessionStart',
    playerTime: { playhead: 0, ts: startedAt },
    params: { 'media.id': 'id', 'media.contentType': 'vod', 'media.length': 60 },
  } as MediaEvent; // as its schema has it
  const first = { event: start, receivedAt: startedAt };
  await store.create(open(sid, first, DEFAULT_TIMEOUTS), [first]);
  for (let index = 1; ; ) {
    const events = Array.from({ length: AT_A_TIME[filling] ?? 2000 }, () => {
      const ts = startedAt + 2 * index;
      return { event: make(index++, ts) as MediaEvent, receivedAt: ts };
    });
    const outcome = await store.append(sid, events, { timeouts: DEFAULT_TIMEOUTS, maxLength });
    if (outcome === 'full') return;
    if (outcome !== 'accepted') throw new Error(`${sid} is ${outcome}`);
  }
}
