import { type MediaEvent, memoryStore, type SessionStore } from '../../../src/index.ts';
import { start } from '../../../src/testing/conformance/samples.ts';

/** Makes a store with sessions, the last of which is the newest. Their names are `Title 0` and so on, unless given. */
export async function storeOfSessions(
  count: number,
  nameOf = (index: number) => `Title ${index}`,
): Promise<SessionStore> {
  const store = memoryStore();
  const began = Date.now() - 10_000_000;
  for (let index = 0; index < count; index++) {
    const startedAt = began + index;
    const event = {
      ...start,
      playerTime: { playhead: 0, ts: startedAt },
      params: { ...start.params, 'media.name': nameOf(index) },
    } as MediaEvent;
    const session = {
      sid: `session-${index}`,
      startedAt,
      closeReason: 'idle',
      lastEventAt: startedAt,
      length: 0,
    } as const;
    await store.create({ ...session, deadline: startedAt + 600_000, playhead: 0, playheadMovedAt: startedAt }, [
      { event, receivedAt: startedAt },
    ]);
  }
  return store;
}

/** Makes a store with the session `long`, which pings every second, and every tenth time pauses for one. */
export async function storeOfLongSession(eventCount: number): Promise<SessionStore> {
  const store = memoryStore();
  const startedAt = Date.now() - eventCount * 1000;
  const events = Array.from({ length: eventCount }, (_, at) => {
    const eventType = at === 0 ? 'sessionStart' : at % 10 === 1 ? 'play' : at % 10 === 0 ? 'pauseStart' : 'ping';
    const playerTime = { playhead: at, ts: startedAt + at * 1000 };
    const event = at === 0 ? { ...start, playerTime } : { eventType, playerTime };
    return { event: event as MediaEvent, receivedAt: playerTime.ts + 40 };
  });
  const lastEventAt = events.at(-1)?.receivedAt ?? startedAt;
  const session = { sid: 'long', startedAt, closeReason: 'idle', lastEventAt, playhead: 0, length: 0 } as const;
  await store.create({ ...session, deadline: Date.now() + 60_000, playheadMovedAt: lastEventAt }, events);
  return store;
}
