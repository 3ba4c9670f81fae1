import assert from 'node:assert/strict';
import { DEFAULT_TIMEOUTS } from '../../session/lifecycle.ts';
import type { SessionQuery, SessionStore } from '../../session/store.ts';
import type { DeclareStoreTest } from './declare-test.ts';
import { createAt, ping, RETENTION, RULE, sessionAt, sidsOf, T0 } from './samples.ts';

const { idle } = DEFAULT_TIMEOUTS;

/** Declares the tests that sessions are listed page by page. */
export function listingTests(test: DeclareStoreTest): void {
  test('lists sessions newest first, page by page, each once', async (store) => {
    const sids: string[] = [];
    for (let index = 0; index < 25; index++) sids.unshift(await createAt(store, T0 + index));
    const pages = await readPages(store, { limit: 7 }, T0 + 100);
    assert.ok(pages.every((page) => page.length <= 7));
    assert.deepEqual(pages.flat(), sids);
    assert.deepEqual(sidsOf((await store.list({}, T0 + 100)).sessions), sids);
  });

  test('lists sessions of one millisecond, each once', async (store) => {
    const sids: string[] = [];
    for (let index = 0; index < 10; index++) sids.push(await createAt(store, T0));
    const pages = await readPages(store, { limit: 3 }, T0);
    assert.deepEqual(pages.flat().sort(), sids.sort());
  });

  test('lists 100 sessions at a time, or as many as it is told', async (store) => {
    const sids: string[] = [];
    for (let index = 0; index < 120; index++) sids.unshift(await createAt(store, T0 + index));
    const pages = await readPages(store, {}, T0 + 200);
    assert.ok(pages.every((page) => page.length <= 100));
    assert.deepEqual(pages.flat(), sids);
    assert.deepEqual((await readPages(store, { limit: 1000 }, T0 + 200)).flat(), sids);
  });

  test('lists a session as it is, not as it was', async (store) => {
    const { session, start } = sessionAt(T0, { validationToken: 'token-1' });
    await store.create(session, [start]);
    await store.append(session.sid, [{ event: ping(4), receivedAt: T0 + 1000 }], RULE);
    const moved = await store.get(session.sid);
    assert.deepEqual((await store.list({ state: 'open' }, T0 + idle)).sessions, [moved]);
    assert.deepEqual((await store.list({ state: 'closed' }, T0 + idle)).sessions, []);
  });

  test('lists the open and the closed page by page, each once', async (store) => {
    const open: string[] = [];
    const closed: string[] = [];
    for (let index = 0; index < 20; index++) {
      const sid = await createAt(store, T0 + index);
      if (index % 10 === 0) {
        await store.append(sid, [{ event: ping(1), receivedAt: T0 + 1000 }], RULE);
        open.unshift(sid);
      } else {
        closed.unshift(sid);
      }
    }
    for (const limit of [1, 3]) {
      assert.deepEqual((await readPages(store, { state: 'open', limit }, T0 + idle + 100)).flat(), open);
      assert.deepEqual((await readPages(store, { state: 'closed', limit }, T0 + idle + 100)).flat(), closed);
    }
  });

  test('goes on after a page whose sessions are forgotten', async (store) => {
    const sids: string[] = [];
    for (let index = 0; index < 6; index++) sids.unshift(await createAt(store, T0 + index));
    const first = await store.list({ limit: 3 }, T0 + 100);
    const now = T0 + idle + RETENTION + 100;
    await store.claimClosed(T0 + idle + 100, 1000, 10);
    const rest = sids.slice(first.sessions.length);
    for (const sid of sidsOf(first.sessions)) await store.settle(sid);
    await store.claimClosed(now, 1000, 10);
    const pages = await readPages(store, { limit: 3, cursor: first.cursor ?? '' }, now);
    assert.deepEqual(pages.flat(), rest);
  });

  test('is not put out by sessions that start between two pages', async (store) => {
    const sids: string[] = [];
    for (let index = 0; index < 10; index++) sids.unshift(await createAt(store, T0 + index));
    const first = await store.list({ limit: 4 }, T0 + 100);
    for (let index = 0; index < 5; index++) await createAt(store, T0 + 50 + index);
    const rest = await readPages(store, { limit: 4, cursor: first.cursor ?? '' }, T0 + 100);
    assert.deepEqual([...sidsOf(first.sessions), ...rest.flat()], sids);
  });

  test('tells open from closed sessions by the clock of the caller', async (store) => {
    const early = await createAt(store, T0);
    const late = await createAt(store, T0 + 1000);
    const listAt = async (state: 'open' | 'closed', now: number) => (await readPages(store, { state }, now)).flat();
    assert.deepEqual(await listAt('open', T0 + idle - 1), [late, early]);
    assert.deepEqual(await listAt('closed', T0 + idle - 1), []);
    assert.deepEqual(await listAt('open', T0 + idle), [late]);
    assert.deepEqual(await listAt('closed', T0 + idle), [early]);
    assert.deepEqual(await listAt('closed', T0 + idle + 1000), [late, early]);
  });

  test('rejects a cursor that no page came with', async (store) => {
    await createAt(store, T0);
    await assert.rejects(store.list({ cursor: "'; drop table sessions --" }, T0), RangeError);
  });
}

/** Reads the sids of each page until there is none. A page may be empty and still not the last. */
async function readPages(store: SessionStore, query: SessionQuery, now: number): Promise<string[][]> {
  const pages: string[][] = [];
  const cursors = new Set<string | undefined>();
  let cursor = query.cursor;
  do {
    assert.ok(!cursors.has(cursor), 'a cursor must lead on, never back to a page that was read');
    cursors.add(cursor);
    const page = await store.list({ ...query, ...(cursor !== undefined && { cursor }) }, now);
    pages.push(sidsOf(page.sessions));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return pages;
}
