import assert from 'node:assert/strict';
import type { StoredEvent } from '../../session/session.ts';
import type { SessionStore } from '../../session/store.ts';
import type { DeclareStoreTest } from './declare-test.ts';
import { allEvents, createAt, ping, RULE, sessionAt, T0 } from './samples.ts';

/** Declares the tests that the events of a session are read page by page. */
export function pagingTests(test: DeclareStoreTest): void {
  test('reads a page of events from any place on', async (store) => {
    const { sid, events } = await createWith(store, 19);
    for (const [from, limit] of [
      [0, 1],
      [0, 20],
      [0, 1000],
      [1, 2],
      [7, 5],
      [19, 1],
      [19, 10],
    ] as const) {
      assert.deepEqual(await store.events(sid, { from, limit }), events.slice(from, from + limit), `${from}, ${limit}`);
    }
  });

  test('begins with the first event, and takes a limit of its own, where nothing else is asked for', async (store) => {
    const { sid, events } = await createWith(store, 4);
    assert.deepEqual(await store.events(sid), events);
    assert.deepEqual(await store.events(sid, {}), events);
    assert.deepEqual(await store.events(sid, { from: 2 }), events.slice(2));
    assert.deepEqual(await store.events(sid, { limit: 2 }), events.slice(0, 2));
  });

  test('gives an empty page behind the last event, and none of a session that is unknown', async (store) => {
    const { sid, events } = await createWith(store, 4);
    for (const from of [events.length, events.length + 1, 1_000_000_000]) {
      assert.deepEqual(await store.events(sid, { from, limit: 10 }), []);
    }
    assert.equal(await store.events('nobody', { from: 0, limit: 10 }), undefined);
  });

  test('reads each of 2,500 events once, whatever the limit, also where some are long', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const events = [start];
    while (events.length < 2500) {
      const some = Array.from({ length: 50 }, (_, index) => eventAt(events.length + index));
      await store.append(session.sid, some, RULE);
      events.push(...some);
    }
    for (const limit of [7, 250, 1000]) {
      const read: StoredEvent[] = [];
      for (;;) {
        const page = (await store.events(session.sid, { from: read.length, limit })) ?? [];
        assert.ok(page.length <= limit);
        if (page.length === 0) break;
        read.push(...page);
      }
      assert.deepEqual(read, events);
    }
  });

  test('shows a reader between two pages what came meanwhile, behind what he has', async (store) => {
    const { sid, events } = await createWith(store, 4);
    const first = (await store.events(sid, { limit: 3 })) ?? [];
    const late = { event: ping(99), receivedAt: T0 + 99 };
    await store.append(sid, [late], RULE);
    const rest = (await store.events(sid, { from: first.length })) ?? [];
    assert.deepEqual([...first, ...rest], [...events, late]);
  });

  test('reads the first event alone of a session that holds much', async (store) => {
    const sid = await createAt(store, T0);
    await store.append(sid, [longEvent(1), longEvent(2)], RULE);
    assert.equal((await store.events(sid, { limit: 1 }))?.length, 1);
    assert.equal((await allEvents(store, sid))?.length, 3);
  });
}

/** Creates a session, and appends so many events one by one. */
async function createWith(store: SessionStore, count: number) {
  const { session, start } = sessionAt(T0);
  await store.create(session, [start]);
  const events = [
    start,
    ...Array.from({ length: count }, (_, index) => ({ event: ping(index), receivedAt: T0 + index })),
  ];
  for (const event of events.slice(1)) await store.append(session.sid, [event], RULE);
  return { sid: session.sid, events };
}

/** Every hundredth is as long as some thousand others. */
function eventAt(index: number): StoredEvent {
  return index % 100 === 0 ? longEvent(index) : { event: ping(index), receivedAt: T0 + index };
}

function longEvent(index: number): StoredEvent {
  return { event: { ...ping(index), customMetadata: { long: 'x'.repeat(200_000) } }, receivedAt: T0 + index };
}
