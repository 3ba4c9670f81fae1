import assert from 'node:assert/strict';
import { recordOf } from '../../session/event-record.ts';
import { admit, DEFAULT_TIMEOUTS } from '../../session/lifecycle.ts';
import type { StoredEvent } from '../../session/session.ts';
import type { DeclareStoreTest } from './declare-test.ts';
import { allEvents, ping, RULE, sessionAt, sessionEnd, T0 } from './samples.ts';

const { grace, idle } = DEFAULT_TIMEOUTS;

/** Declares the tests that events which come together are kept together, and that a session takes no more than its bound. */
export function appendTests(test: DeclareStoreTest): void {
  for (const count of [2, 5]) {
    test(`keeps ${count} events that come together, in their order`, async (store) => {
      const { session, start } = sessionAt(T0);
      await store.create(session, [start]);
      const together = [...pings(count - 1), { event: sessionEnd(9), receivedAt: T0 + 10 }];
      assert.equal(await store.append(session.sid, together, RULE), 'accepted');
      assert.deepEqual(await allEvents(store, session.sid), [start, ...together]);
      assert.deepEqual(await store.get(session.sid), admit(session, together.map(recordOf), RULE));
    });

    test(`keeps none of ${count} events that come together for a session that is closed, or too late`, async (store) => {
      const { session, start } = sessionAt(T0);
      await store.create(session, [start]);
      const late = pings(count).map(({ event }) => ({ event, receivedAt: T0 + idle }));
      assert.equal(await store.append(session.sid, late, RULE), 'closed');
      await store.claimClosed(T0 + idle, 1000, 1);
      assert.equal(await store.append(session.sid, pings(count), RULE), 'closed');
      assert.equal(await store.append('nobody', pings(count), RULE), 'unknown');
      assert.deepEqual(await allEvents(store, session.sid), [start]);
    });

    test(`keeps ${count} events that come together side by side, whatever comes at the same time`, async (store) => {
      const { session, start } = sessionAt(T0);
      await store.create(session, [start]);
      const groups = Array.from({ length: 10 }, (_, group) =>
        pings(count).map((stored) => ({ ...stored, event: ping(group) })),
      );
      const outcomes = await Promise.all(groups.map((group) => store.append(session.sid, group, RULE)));
      assert.deepEqual(new Set(outcomes), new Set(['accepted']));
      assert.deepEqual(await allEvents(store, session.sid), [start, ...groups.flat()]);
    });
  }

  test('gives the grace after a sessionEnd to what comes together with it', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const together = [{ event: sessionEnd(1), receivedAt: T0 + 1 }, ...pings(2)];
    assert.equal(await store.append(session.sid, together, RULE), 'accepted');
    assert.equal((await store.get(session.sid))?.deadline, T0 + 1 + grace);
    const [claimed] = await store.claimClosed(T0 + 1 + grace, 1000, 10);
    assert.deepEqual(claimed, admit(session, together.map(recordOf), RULE));
  });

  test('counts what a session holds, and takes nothing once that has reached the bound', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const [event = start] = pings(1);
    const rule = { ...RULE, maxLength: 5 * recordOf(event).length };
    const append = (count: number) => store.append(session.sid, Array(count).fill(event), rule);
    assert.deepEqual([await append(2), await append(2), await append(2)], ['accepted', 'accepted', 'accepted']);
    assert.deepEqual([await append(1), await append(2)], ['full', 'full']);
    assert.equal((await store.get(session.sid))?.length, 6 * recordOf(event).length);
    assert.equal((await allEvents(store, session.sid))?.length, 7);
    assert.equal(await store.append(session.sid, [event], { ...rule, maxLength: rule.maxLength * 2 }), 'accepted');
    assert.equal(await store.append(session.sid, [{ event: ping(1), receivedAt: T0 + 10 * idle }], rule), 'closed');
  });

  test('counts the values of an event where they weigh more than its text', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const heavy = { event: { ...ping(1), own: Array.from({ length: 100 }, () => ({})) }, receivedAt: T0 + 1 };
    const { length } = recordOf(heavy);
    assert.ok(length > JSON.stringify(heavy.event).length);
    assert.equal(await store.append(session.sid, [heavy], RULE), 'accepted');
    assert.equal((await store.get(session.sid))?.length, length);
    assert.equal(await store.append(session.sid, pings(1), { ...RULE, maxLength: length }), 'full');
  });

  test('takes no more than the bound of what comes at once', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const [event = start] = pings(1);
    const rule = { ...RULE, maxLength: 7 * recordOf(event).length };
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => store.append(session.sid, [event], rule)));
    assert.equal(outcomes.filter((outcome) => outcome === 'accepted').length, 7);
    assert.equal(outcomes.filter((outcome) => outcome === 'full').length, 13);
    assert.equal((await allEvents(store, session.sid))?.length, 8);
  });
}

function pings(count: number): StoredEvent[] {
  return Array.from({ length: count }, (_, index) => ({ event: ping(index), receivedAt: T0 + 10 }));
}
