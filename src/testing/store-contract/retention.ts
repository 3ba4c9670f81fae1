import assert from 'node:assert/strict';
import type { DeclareStoreTest } from './declare-test.ts';
import { ping, RETENTION, RULE, sessionAt, T0 } from './samples.ts';

/** Declares the tests that closed sessions are remembered for the retention. */
export function retentionTests(test: DeclareStoreTest): void {
  test('hands out a session whose retention is over before anyone asked for closes', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    assert.deepEqual(await store.claimClosed(session.deadline + 2 * RETENTION, 1000, 10), [session]);
    assert.deepEqual(await store.events(session.sid), [start]);
  });

  test('remembers a closed session for the retention, and then no more', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    await store.claimClosed(session.deadline, 1000, 10);
    await store.settle(session.sid);
    const append = (receivedAt: number) => store.append(session.sid, [{ event: ping(1), receivedAt }], RULE);
    assert.equal(await append(session.deadline + RETENTION - 1), 'closed');
    await store.claimClosed(session.deadline + RETENTION - 1, 1000, 10);
    assert.deepEqual(await store.get(session.sid), session);
    assert.deepEqual(await store.events(session.sid), [start]);
    assert.deepEqual((await store.list({}, session.deadline + RETENTION - 1)).sessions, [session]);
    assert.equal(await append(session.deadline + RETENTION), 'unknown');
    await store.claimClosed(session.deadline + RETENTION, 1000, 10);
    assert.equal(await store.get(session.sid), undefined);
    assert.equal(await store.events(session.sid), undefined);
    assert.deepEqual((await store.list({}, session.deadline + RETENTION)).sessions, []);
  });
}
