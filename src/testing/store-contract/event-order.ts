import assert from 'node:assert/strict';
import { downloaded } from '../../session/lifecycle.ts';
import { newSessionId } from '../../session/session-id.ts';
import type { SessionStore } from '../../session/store.ts';
import type { DeclareStoreTest } from './declare-test.ts';
import { allEvents, ping, RULE, sessionAt, T0 } from './samples.ts';

/** Declares the tests that no event is lost, and all stay in the order of the calls. */
export function eventOrderTests(test: DeclareStoreTest): void {
  test('keeps events in the order of the calls also when the clock steps back', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const events = [3000, 1000, 2000, -1000].map((after) => ({ event: ping(1), receivedAt: T0 + after }));
    for (const event of events) await store.append(session.sid, [event], RULE);
    assert.deepEqual(await store.events(session.sid), [start, ...events]);
  });

  test('gives events as they are at the call: what comes later does not show in them', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const before = await store.events(session.sid);
    await store.append(session.sid, [{ event: ping(1), receivedAt: T0 + 1 }], RULE);
    await store.events(session.sid);
    assert.deepEqual(before, [start]);
  });

  test('loses none of 50 events that come at once, and keeps the order of the calls', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const events = Array.from({ length: 50 }, (_, index) => ({ event: ping(index), receivedAt: T0 + 1 }));
    const outcomes = await Promise.all(events.map((event) => store.append(session.sid, [event], RULE)));
    assert.deepEqual(new Set(outcomes), new Set(['accepted']));
    assert.deepEqual(await store.events(session.sid), [start, ...events]);
  });

  test('keeps a session of 20,000 events in order', async (store) => {
    const { session, start } = sessionAt(T0);
    const rest = Array.from({ length: 19_999 }, (_, index) => ({ event: ping(index), receivedAt: T0 + index }));
    await store.create(session, [start]);
    // Few enough at a time that no store on a busy machine refuses what would wait too long.
    for (let from = 0; from < rest.length; from += 100) {
      const slice = rest.slice(from, from + 100);
      await Promise.all(slice.map((event) => store.append(session.sid, [event], RULE)));
    }
    const stored = (await allEvents(store, session.sid)) ?? [];
    assert.equal(stored.length, 20_000);
    assert.deepEqual(
      stored.slice(1).map(({ event }) => event.playerTime.playhead),
      rest.map((_, index) => index),
    );
  });

  test('keeps a whole session of 5,000 events in order', async (store) => {
    const events = Array.from({ length: 5000 }, (_, index) => ({ event: ping(index), receivedAt: T0 }));
    const session = downloaded(newSessionId(), T0, events);
    await store.create(session, events);
    const stored = (await allEvents(store, session.sid)) ?? [];
    assert.equal(stored.length, 5000);
    assert.ok(stored.every(({ event }, index) => event.playerTime.playhead === index));
  });

  const closing = async (store: SessionStore) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const appended = store.append(session.sid, [{ event: ping(1), receivedAt: T0 + 1 }], RULE);
    await store.close();
    assert.equal(await appended, 'accepted');
  };
  test('keeps all that is under way when it is closed', closing, { closesStore: true });
}
