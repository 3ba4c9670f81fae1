import assert from 'node:assert/strict';
import { advanceSession, DEFAULT_TIMEOUTS } from '../../session/lifecycle.ts';
import type { StoredEvent } from '../../session/session.ts';
import type { DeclareStoreTest } from './declare-test.ts';
import { ping, RULE, sessionAt, sessionEnd, sidsOf, T0 } from './samples.ts';

const { idle, stall, grace } = DEFAULT_TIMEOUTS;

/** Declares the tests that a session takes events and closes as the lifecycle says. */
export function lifecycleTests(test: DeclareStoreTest): void {
  test('keeps what comes after the start, and moves the session as the lifecycle says', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const events: StoredEvent[] = [
      { event: ping(0), receivedAt: T0 + 10_000 },
      { event: ping(7.25), receivedAt: T0 + 20_000 },
      { event: ping(null), receivedAt: T0 + 30_000 },
      { event: ping(-1), receivedAt: T0 + 40_000 },
      { event: ping(7.25), receivedAt: T0 + 50_000 },
      { event: ping(7.25), receivedAt: T0 + 590_000 },
      { event: ping(7.25), receivedAt: T0 + 1_180_000 },
      { event: ping(7.25), receivedAt: T0 + 1_770_000 },
      { event: { ...ping(7.25), eventType: 'sessionComplete' }, receivedAt: T0 + 1_800_000 },
      { event: sessionEnd(7.25), receivedAt: T0 + 1_800_001 },
      { event: ping(8), receivedAt: T0 + 1_800_002 },
      { event: sessionEnd(8), receivedAt: T0 + 1_800_003 },
    ];
    let expected = session;
    for (const event of events) {
      assert.equal(await store.append(session.sid, [event], RULE), 'accepted');
      expected = advanceSession(expected, event, DEFAULT_TIMEOUTS);
      assert.deepEqual(await store.get(session.sid), expected);
    }
    assert.deepEqual(await store.events(session.sid), [start, ...events]);
  });

  test('takes an event until the millisecond before the deadline, and then no more', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const last = { event: ping(1), receivedAt: T0 + idle - 1 };
    assert.equal(await store.append(session.sid, [last], RULE), 'accepted');
    const closed = await store.get(session.sid);
    for (const receivedAt of [T0 + idle - 1 + idle, T0 + idle + stall]) {
      assert.equal(await store.append(session.sid, [{ event: ping(2), receivedAt }], RULE), 'closed');
    }
    assert.deepEqual(await store.get(session.sid), closed);
    assert.deepEqual(await store.events(session.sid), [start, last]);
  });

  test('closes a stalled session at the millisecond', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const step = idle - 1000;
    for (let at = T0 + step; at < T0 + stall + grace; at += step) {
      assert.equal(await store.append(session.sid, [{ event: ping(0), receivedAt: at }], RULE), 'accepted');
    }
    const stalled = await store.get(session.sid);
    assert.deepEqual([stalled?.deadline, stalled?.closeReason], [T0 + stall + grace, 'stall']);
    const late = { event: ping(0), receivedAt: T0 + stall + grace };
    assert.equal(await store.append(session.sid, [late], RULE), 'closed');
  });

  test('goes by the timeouts that come with the event', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const timeouts = { idle: 1000, stall: 5000, grace: 10 };
    for (const event of [ping(1), sessionEnd(1)]) {
      const outcome = await store.append(session.sid, [{ event, receivedAt: T0 + 100 }], { ...RULE, timeouts });
      assert.equal(outcome, 'accepted');
      const deadline = T0 + 100 + (event.eventType === 'ping' ? timeouts.idle : timeouts.grace);
      assert.equal((await store.get(session.sid))?.deadline, deadline);
    }
    assert.deepEqual(sidsOf(await store.claimClosed(T0 + 110, 1000, 10)), [session.sid]);
  });

  test('gives one grace to two sessionEnds that come at once', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const ends = [T0 + 100, T0 + 101].map((receivedAt) => ({ event: sessionEnd(3), receivedAt }));
    const outcomes = await Promise.all(ends.map((end) => store.append(session.sid, [end], RULE)));
    assert.deepEqual(outcomes, ['accepted', 'accepted']);
    const ended = await store.get(session.sid);
    assert.deepEqual([ended?.deadline, ended?.closeReason], [T0 + 100 + grace, 'sessionEnd']);
    const late = { event: ping(3), receivedAt: T0 + 100 + grace };
    assert.equal(await store.append(session.sid, [late], RULE), 'closed');
  });
}
