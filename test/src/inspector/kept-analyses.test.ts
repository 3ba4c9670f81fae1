import { describe, expect, it } from 'vitest';
import type { SessionDetail } from '../../../src/inspector/api.ts';
import type { SessionStore } from '../../../src/session/store.ts';
import { events, start } from '../../../src/testing/conformance/samples.ts';
import { OPEN_FOR, storeOf } from '../../support/inspector/hostile-sessions.ts';
import { eventsPath, inspected } from '../../support/inspector/inspect.ts';

const PATH = '/api/sessions/hostile';

/** A store that counts how often events are read. */
function counted(store: SessionStore) {
  const counting = {
    ...store,
    reads: 0,
    events: (...question: Parameters<SessionStore['events']>) => {
      counting.reads += 1;
      return store.events(...question);
    },
  };
  return counting;
}

const pings = (count: number) => Array.from({ length: count }, (_, at) => ['ping', at * 1000] as const);

describe('what is known of a session', () => {
  it('is as fresh as the question where the session is short', async () => {
    const { start: startSession, post, read } = inspected();
    const sid = await startSession();
    for (let count = 2; count < 6; count++) {
      const before = read(`/api/sessions/${sid}`); // somebody else asks
      await post(eventsPath(sid), events.ping);
      const { report, asOf } = await read<SessionDetail>(`/api/sessions/${sid}`);
      expect([report.eventCount, asOf]).toEqual([count, report.asOf]);
      await before;
    }
  });

  it('is found once for all who ask at the same time', async () => {
    const store = counted(await storeOf(pings(3)));
    const { read } = inspected({ store });
    await Promise.all(Array.from({ length: 20 }, (_, at) => read(at % 2 ? `${PATH}/lanes` : PATH)));
    expect(store.reads).toBeLessThan(8); // those that came after it began share the next
  });

  it('is good for a while where the session is long, and says as of when', async () => {
    const store = counted(await storeOf(pings(30_000)));
    const { read, post, inspect } = inspected({ store });
    const first = await read<SessionDetail>(PATH);
    const { reads } = store;
    await post(eventsPath('hostile'), { ...events.ping, playerTime: { playhead: 1, ts: start.playerTime.ts } });
    const { headers } = await inspect(PATH);
    expect(await read<SessionDetail>(PATH)).toMatchObject({ asOf: first.asOf, report: { eventCount: 30_001 } });
    expect((await inspect(PATH, { headers: { 'if-none-match': headers['ETag'] ?? '' } })).status).toBe(304);
    expect(store.reads).toBe(reads);
  });

  it('is kept of a closed session', async () => {
    const store = counted(await storeOf(pings(3)));
    const { read, advance } = inspected({ store });
    advance(OPEN_FOR);
    const first = await read<SessionDetail>(PATH);
    const { reads } = store;
    advance(5000);
    expect(await read<SessionDetail>(PATH)).toEqual(first);
    expect(store.reads).toBe(reads);
  });

  it('is asked for again after a failure of the store', async () => {
    const store = await storeOf(pings(3));
    let broken = true;
    const flaky = {
      ...store,
      events: async (...question: Parameters<SessionStore['events']>) => {
        if (broken) throw new Error('gone');
        return store.events(...question);
      },
    };
    const { read, inspect } = inspected({ store: flaky }, { onError: () => {} });
    expect((await inspect(PATH)).status).toBe(500);
    broken = false;
    expect(await read<SessionDetail>(PATH)).toMatchObject({ report: { eventCount: 4 } });
  });
});
