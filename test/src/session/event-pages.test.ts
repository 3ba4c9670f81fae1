import { describe, expect, it } from 'vitest';
import { timeSlices } from '../../../src/common/event-loop.ts';
import { memoryStore } from '../../../src/memory-store/memory-store.ts';
import { allEvents, boundsOf, leadingEvents } from '../../../src/session/event-pages.ts';
import { createAt, eventAt, ping, RULE, T0 } from '../../support/stores/events.ts';

async function storeWith(count: number, own: object = {}) {
  const store = memoryStore();
  await createAt(store, 'a', T0);
  const events = Array.from({ length: count }, (_, index) => eventAt(T0 + index, { ...ping, ...own }));
  await store.append('a', events, RULE);
  return { store, events: [eventAt(T0), ...events] };
}

describe('the events of a session', () => {
  it('are read page by page until one is empty', async () => {
    const { store, events } = await storeWith(2500);
    expect(await allEvents(store, 'a')).toEqual(events);
    expect(await allEvents(store, 'nobody')).toBeUndefined();
  });

  it('are none once the session is forgotten meanwhile', async () => {
    const { store } = await storeWith(2500);
    const forgetful = {
      events: async (sid: string, page?: { from?: number }) => (page?.from ? undefined : store.events(sid, page)),
    };
    expect(await allEvents(forgetful, 'a')).toBeUndefined();
  });

  it.each([
    ['characters', { own: 'x'.repeat(1000) }, 100],
    ['values', { own: Array(100).fill(0) }, 1200 / 12 - 1],
  ])('are read up to a bound of %s, and the others counted', async (_, own, fit) => {
    const { store, events } = await storeWith(500, own);
    const read = await leadingEvents(store, 'a', 120_000, timeSlices());
    expect(read?.events).toEqual(events.slice(0, read?.events.length));
    expect(read?.events.length).toBeGreaterThan(fit * 0.85);
    expect(read?.events.length).toBeLessThan(fit * 1.25);
    expect((read?.events.length ?? 0) + (read?.leftOut ?? 0)).toBe(501);
  });

  it('leave other work its turn between two pages', async () => {
    const { store } = await storeWith(20_000, { own: 'x'.repeat(1000) });
    let turns = 0;
    let isOver = false;
    const count = () => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    count();
    await allEvents(store, 'a');
    isOver = true;
    expect(turns).toBeGreaterThan(2);
  });
});

it('a page begins with the first event and has 1,000 at most, unless it is told less', () => {
  expect(boundsOf()).toEqual({ from: 0, to: 1000 });
  expect(boundsOf({ from: 5, limit: 2 })).toEqual({ from: 5, to: 7 });
  expect(boundsOf({ from: 5, limit: 1e9 })).toEqual({ from: 5, to: 1005 });
});
