import { describe, expect, it } from 'vitest';
import type { EventList, SessionDetail, SessionList } from '../../../src/inspector/api.ts';
import type { EventRange, SessionStore } from '../../../src/session/store.ts';
import { events, start } from '../../../src/testing/conformance/samples.ts';
import { storeOf } from '../../support/inspector/hostile-sessions.ts';
import { eventsPath, inspected } from '../../support/inspector/inspect.ts';

/** A store that notes which events were asked for. */
function noted(store: SessionStore): SessionStore & { readonly asked: (EventRange | undefined)[] } {
  const asked: (EventRange | undefined)[] = [];
  return {
    ...store,
    asked,
    events: (sid, range) => {
      asked.push(range);
      return store.events(sid, range);
    },
  };
}

const pings = (count: number) => Array.from({ length: count }, (_, at) => ['ping', at * 1000] as const);

describe('what is read of the events of a session', () => {
  it('is the first alone, for the list of sessions', async () => {
    const store = noted(await storeOf(pings(2_500)));
    const { read } = inspected({ store });
    expect((await read<SessionList>('/api/sessions')).sessions).toHaveLength(1);
    expect(store.asked).toEqual([{ from: 0, limit: 1 }]);
  });

  it('is the page that was asked for, and one more', async () => {
    const store = noted(await storeOf(pings(2_500)));
    const { read } = inspected({ store });
    const path = '/api/sessions/hostile/events';
    expect(await read<EventList>(`${path}?from=2000&limit=10`)).toMatchObject({ next: 2010, more: true });
    expect(store.asked).toEqual([{ from: 2000, limit: 11 }]);
    expect(await read<EventList>(`${path}?from=1400&limit=1101`)).toMatchObject({ next: 2501, more: false });
    expect(await read<EventList>(`${path}?from=1400&limit=1100`)).toMatchObject({ next: 2500, more: true });
  });

  it('is what came since, once it was read', async () => {
    const store = noted(await storeOf(pings(2_500)));
    const { read, post, advance } = inspected({ store });
    advance(2_500_000);
    await read<SessionDetail>('/api/sessions/hostile');
    store.asked.length = 0;
    await post(eventsPath('hostile'), { ...events.ping, playerTime: { playhead: 1, ts: start.playerTime.ts } });
    expect((await read<SessionDetail>('/api/sessions/hostile')).report.eventCount).toBe(2502);
    expect(store.asked.map((range) => range?.from)).toEqual([2501, 2502]);
  });
});
