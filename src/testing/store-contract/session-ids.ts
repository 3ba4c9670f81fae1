import assert from 'node:assert/strict';
import type { DeclareStoreTest } from './declare-test.ts';
import { ping, RULE, sessionAt, T0 } from './samples.ts';

/** Declares the tests that each id has one session. */
export function sessionIdTests(test: DeclareStoreTest): void {
  test('rejects an id that is taken, and leaves its session alone', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    await assert.rejects(async () => store.create({ ...session, startedAt: T0 + 5 }, [start, start]));
    assert.deepEqual(await store.get(session.sid), session);
    assert.equal((await store.events(session.sid))?.length, 1);
  });

  test('lets in one of two sessions that come at once with one id', async (store) => {
    const { session, start } = sessionAt(T0);
    const rival = { ...session, validationToken: 'rival' };
    const outcomes = await Promise.allSettled([store.create(session, [start]), store.create(rival, [start, start])]);
    const created = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
    assert.equal(created.length, 1);
    assert.deepEqual(await store.get(session.sid), created[0] === 0 ? session : rival);
    assert.equal((await store.events(session.sid))?.length, created[0] === 0 ? 1 : 2);
  });

  test('knows nothing of an id it was never given', async (store) => {
    assert.equal(await store.get('nobody'), undefined);
    assert.equal(await store.events('nobody'), undefined);
    assert.equal(await store.append('nobody', [{ event: ping(0), receivedAt: T0 }], RULE), 'unknown');
    await store.settle('nobody');
    assert.equal(await store.get('nobody'), undefined);
  });

  test('tells ids apart that look alike', async (store) => {
    const ids = ['a', 'A', '__proto__', 'constructor', '.', '..', '~', 'a.b', 'a-b', 'a_b', '0', '00', 'x'.repeat(128)];
    for (const [index, sid] of ids.entries()) {
      const { session, start } = sessionAt(T0 + index);
      await store.create({ ...session, sid }, [start]);
    }
    for (const [index, sid] of ids.entries()) {
      assert.equal((await store.get(sid))?.startedAt, T0 + index, sid);
      assert.equal((await store.events(sid))?.length, 1, sid);
    }
  });
}
