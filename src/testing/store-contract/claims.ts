import assert from 'node:assert/strict';
import { DEFAULT_TIMEOUTS, downloaded } from '../../session/lifecycle.ts';
import { newSessionId } from '../../session/session-id.ts';
import type { DeclareStoreTest } from './declare-test.ts';
import { createAt, ping, RETENTION, RULE, sessionAt, sessionEnd, sidsOf, startEvent, T0 } from './samples.ts';

const { idle, grace } = DEFAULT_TIMEOUTS;

/** Declares the tests that closed sessions are handed out, leased and settled. */
export function claimTests(test: DeclareStoreTest): void {
  test('hands out a closed session from its deadline on, not before', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    assert.deepEqual(await store.claimClosed(session.deadline - 1, 1000, 10), []);
    assert.deepEqual(await store.claimClosed(session.deadline, 1000, 10), [session]);
  });

  test('goes by the deadline as it is, not as it was', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    await store.append(session.sid, [{ event: ping(4), receivedAt: T0 + 1000 }], RULE);
    assert.deepEqual(await store.claimClosed(T0 + idle, 1000, 10), []);
    await store.append(session.sid, [{ event: sessionEnd(5), receivedAt: T0 + 2000 }], RULE);
    assert.deepEqual(await store.claimClosed(T0 + 2000 + grace - 1, 1000, 10), []);
    const closed = await store.get(session.sid);
    assert.deepEqual(await store.claimClosed(T0 + 2000 + grace, 1000, 10), [closed]);
  });

  test('hands out a downloaded session at once', async (store) => {
    const events = [startEvent, ping(1), sessionEnd(2)].map((event) => ({ event, receivedAt: T0 }));
    const session = downloaded(newSessionId(), T0, events);
    await store.create(session, events);
    assert.deepEqual(await store.events(session.sid), events);
    assert.equal(await store.append(session.sid, [{ event: ping(3), receivedAt: T0 }], RULE), 'closed');
    assert.deepEqual(await store.claimClosed(T0, 1000, 10), [session]);
  });

  test('takes an event or hands its session out, never both', async (store) => {
    const sids: string[] = [];
    for (let index = 0; index < 20; index++) sids.push(await createAt(store, T0));
    const last = { event: ping(1), receivedAt: T0 + idle - 1 };
    const appendTo = (part: string[]) => part.map((sid) => store.append(sid, [last], RULE));
    const before = appendTo(sids.slice(0, 10));
    const claim = store.claimClosed(T0 + idle, 1000, 100);
    const outcomes = await Promise.all([...before, ...appendTo(sids.slice(10))]);
    const claimed = new Set(sidsOf(await claim));
    for (const [index, sid] of sids.entries()) {
      assert.equal(outcomes[index], claimed.has(sid) ? 'closed' : 'accepted');
      assert.equal((await store.events(sid))?.length, claimed.has(sid) ? 1 : 2);
    }
  });

  test('leases a closed session: no one else gets it until the lease is over', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const now = session.deadline + 5;
    assert.deepEqual(sidsOf(await store.claimClosed(now, 1000, 10)), [session.sid]);
    assert.deepEqual(await store.claimClosed(now + 999, 1000, 10), []);
    assert.deepEqual(sidsOf(await store.claimClosed(now + 1000, 1000, 10)), [session.sid]);
    assert.deepEqual(await store.claimClosed(now + 1999, 1000, 10), []);
    assert.deepEqual(sidsOf(await store.claimClosed(now + 2000, 60_000, 10)), [session.sid]);
    assert.deepEqual(await store.claimClosed(now + 61_999, 1000, 10), []);
  });

  test('hands out none where none is asked for, and keeps those that are due for who asks', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    assert.deepEqual(await store.claimClosed(session.deadline, 1000, 0), []);
    assert.deepEqual(await store.claimClosed(session.deadline + 1, 1000, 10), [session]);
  });

  test('hands a closed session out again until its close is settled, however often', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    for (let lease = 0; lease < 20; lease++) {
      assert.deepEqual(await store.claimClosed(session.deadline + lease * 1000, 1000, 10), [session]);
    }
  });

  test('takes nothing for a session that was handed out, also from a clock that is behind', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    await store.claimClosed(session.deadline, 1000, 10);
    const behind = { event: ping(1), receivedAt: session.deadline - 500 };
    assert.equal(await store.append(session.sid, [behind], RULE), 'closed');
    await store.settle(session.sid);
    assert.equal(await store.append(session.sid, [behind], RULE), 'closed');
    assert.deepEqual(await store.events(session.sid), [start]);
  });

  test('never hands out a session whose close is settled', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    await store.claimClosed(session.deadline, 1000, 10);
    await store.settle(session.sid);
    await store.settle(session.sid);
    for (const after of [100_000, RETENTION - 1, RETENTION, 100 * RETENTION]) {
      assert.deepEqual(await store.claimClosed(session.deadline + after, 1000, 10), []);
    }
  });

  test('hands no session to two that ask at once, and all of them in the end', async (store) => {
    const sids: string[] = [];
    for (let index = 0; index < 50; index++) {
      const { session, start } = sessionAt(T0 + index);
      await store.create(session, [start]);
      sids.push(session.sid);
    }
    const now = T0 + idle + 100;
    const claims = await Promise.all(Array.from({ length: 10 }, () => store.claimClosed(now, 1000, 4)));
    for (const claim of claims) assert.ok(claim.length <= 4);
    const claimed = claims.flatMap(sidsOf);
    for (
      let rest = await store.claimClosed(now, 1000, 7);
      rest.length > 0;
      rest = await store.claimClosed(now, 1000, 7)
    ) {
      claimed.push(...sidsOf(rest));
    }
    assert.deepEqual(claimed.sort(), sids.sort());
  });
}
