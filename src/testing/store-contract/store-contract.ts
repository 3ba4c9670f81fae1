import assert from 'node:assert/strict';
import { advanceSession, DEFAULT_TIMEOUTS, downloaded, isOpen, open } from '../../session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../../session/session.ts';
import { newSessionId } from '../../session/session-id.ts';
import type { SessionQuery, SessionStore } from '../../session/store.ts';
import type { MediaEvent } from '../../wire/events.ts';

/** A test runner's way to declare a test, such as `it` of Vitest, Jest, Mocha or node:test. */
export type DeclareTest = (name: string, run: () => Promise<void>) => unknown;

/** Makes a store that holds nothing and shares nothing with the one before. `retention` is in milliseconds. */
export type MakeStore = (options: { readonly retention: number }) => SessionStore | Promise<SessionStore>;

const T0 = 1_768_471_260_000;
/** Unlike the default of any store, so that a store which does not listen is found out. */
const RETENTION = 10_800_000;
const { idle, stall, grace } = DEFAULT_TIMEOUTS;

/**
 * Declares the tests that every session store must pass, whatever it keeps its sessions in.
 *
 * @example
 * describe('my store', () => storeContract(it, ({ retention }) => myStore({ retention })));
 */
export function storeContract(it: DeclareTest, makeStore: MakeStore): void {
  const test = (name: string, run: (store: SessionStore) => Promise<void>) =>
    it(name, async () => {
      const store = await makeStore({ retention: RETENTION });
      try {
        await run(store);
      } finally {
        await store.close();
      }
    });

  test('gives a session and its first events back as they were', async (store) => {
    const { session, start } = sessionAt(T0, { validationToken: 'token-1' });
    await store.create(session, [start]);
    assert.deepEqual(await store.get(session.sid), session);
    assert.deepEqual(await store.events(session.sid), [start]);
  });

  test('keeps a token of any content to the letter, until the session is handed out', async (store) => {
    for (const validationToken of ['', 'nul\u0000', 'half\ud800', '🎬 \'"\\']) {
      const { session, start } = sessionAt(T0, { validationToken });
      await store.create(session, [start]);
      assert.deepEqual(await store.get(session.sid), session);
      const end = { event: sessionEnd(1), receivedAt: T0 + 1 };
      assert.equal(await store.append(session.sid, end, DEFAULT_TIMEOUTS), 'accepted');
      const [claimed] = await store.claimClosed(T0 + 1 + grace, 1000, 10);
      assert.deepEqual(claimed, advanceSession(session, end, DEFAULT_TIMEOUTS));
    }
  });

  for (const [name, json] of TEXTS) {
    test(`gives an event back that came as JSON with ${name}`, async (store) => {
      const { session } = sessionAt(T0);
      const event: MediaEvent = JSON.parse(json);
      const stored = [0, 1, 2].map((ms) => ({ event, receivedAt: T0 + ms }));
      const [first, ...rest] = stored.map((each) => ({ ...each, json }));
      await store.create(session, first ? [first] : []);
      for (const each of rest) assert.equal(await store.append(session.sid, each, DEFAULT_TIMEOUTS), 'accepted');
      assert.deepEqual(await store.events(session.sid), stored);
      const expected = rest.reduce((moved, each) => advanceSession(moved, each, DEFAULT_TIMEOUTS), session);
      assert.deepEqual(await store.claimClosed(expected.deadline, 1000, 10), [expected]);
      assert.deepEqual(await store.events(session.sid), stored, 'also once its session is handed out');
    });
  }

  test('keeps an event as long as a body may be', async (store) => {
    const { session, start } = sessionAt(T0);
    const customMetadata = { long: 'x'.repeat(1_048_576) };
    const long = { event: { ...ping(1), customMetadata }, receivedAt: T0 + 1 };
    const first = { ...start, event: { ...startEvent, customMetadata } };
    await store.create(session, [first]);
    assert.equal(await store.append(session.sid, long, DEFAULT_TIMEOUTS), 'accepted');
    const kept = (await store.events(session.sid)) ?? [];
    const lengths = kept.map(({ event }) => event.customMetadata?.['long']?.length);
    assert.deepEqual(lengths, [customMetadata.long.length, customMetadata.long.length]);
  });

  test('keeps hostile keys and strings to the letter', async (store) => {
    const customMetadata = JSON.parse(
      '{"__proto__":"a","constructor":"b","":"c","nul":"x\\u0000y","half":"\\ud800","emoji":"🎬","quote":"\'\\"\\\\\\n\\u2028"}',
    );
    const event: MediaEvent = { ...startEvent, customMetadata };
    const session = open(newSessionId(), { event, receivedAt: T0 }, DEFAULT_TIMEOUTS);
    await store.create(session, [{ event, receivedAt: T0 }]);
    await store.append(session.sid, { event: { ...ping(5), customMetadata }, receivedAt: T0 + 1 }, DEFAULT_TIMEOUTS);
    for (const stored of (await store.events(session.sid)) ?? []) {
      assert.equal(JSON.stringify(stored.event.customMetadata), JSON.stringify(customMetadata));
    }
  });

  test('keeps an event as it was when it came, whatever its sender does to it later', async (store) => {
    const { session } = sessionAt(T0);
    const events = [1, 2].map((playhead) => ({ ...ping(playhead), playerTime: { playhead, ts: T0 } }));
    const [first, second] = events as [(typeof events)[0], (typeof events)[0]];
    const created = store.create(session, [{ event: first, receivedAt: T0 }]);
    first.playerTime.playhead = 98;
    await created;
    const appended = store.append(session.sid, { event: second, receivedAt: T0 + 1 }, DEFAULT_TIMEOUTS);
    second.playerTime.playhead = 99;
    await appended;
    const kept = (await store.events(session.sid)) ?? [];
    assert.deepEqual(
      kept.map(({ event }) => event.playerTime.playhead),
      [1, 2],
      'the store must copy an event at the call, such as its JSON',
    );
    assert.equal((await store.get(session.sid))?.playhead, 2);
  });

  test('keeps a session as it was when it came, whatever becomes of the objects that came and went', async (store) => {
    const { session, start } = sessionAt(T0, { validationToken: 'token-1' });
    const taken = { ...session };
    const created = store.create(taken, [start]);
    Object.assign(taken, CHANGES);
    await created;
    const got = await store.get(session.sid);
    const { sessions } = await store.list({}, T0);
    const claimed = await store.claimClosed(session.deadline, 1000, 1);
    const given = [got, ...sessions, ...claimed];
    assert.deepEqual(given, [session, session, session]);
    for (const object of given) Object.assign(object ?? {}, CHANGES);
    assert.deepEqual(await store.get(session.sid), session, 'the store must hold a session of its own');
  });

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
    const kept = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
    assert.equal(kept.length, 1);
    assert.deepEqual(await store.get(session.sid), kept[0] === 0 ? session : rival);
    assert.equal((await store.events(session.sid))?.length, kept[0] === 0 ? 1 : 2);
  });

  test('knows nothing of an id it was never given', async (store) => {
    assert.equal(await store.get('nobody'), undefined);
    assert.equal(await store.events('nobody'), undefined);
    assert.equal(await store.append('nobody', { event: ping(0), receivedAt: T0 }, DEFAULT_TIMEOUTS), 'unknown');
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
      assert.equal(await store.append(session.sid, event, DEFAULT_TIMEOUTS), 'accepted');
      expected = advanceSession(expected, event, DEFAULT_TIMEOUTS);
      assert.deepEqual(await store.get(session.sid), expected);
    }
    assert.deepEqual(await store.events(session.sid), [start, ...events]);
  });

  test('takes an event until the millisecond before the deadline, and then no more', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const last = { event: ping(1), receivedAt: T0 + idle - 1 };
    assert.equal(await store.append(session.sid, last, DEFAULT_TIMEOUTS), 'accepted');
    const closed = await store.get(session.sid);
    for (const receivedAt of [T0 + idle - 1 + idle, T0 + idle + stall]) {
      assert.equal(await store.append(session.sid, { event: ping(2), receivedAt }, DEFAULT_TIMEOUTS), 'closed');
    }
    assert.deepEqual(await store.get(session.sid), closed);
    assert.deepEqual(await store.events(session.sid), [start, last]);
  });

  test('closes a stalled session at the millisecond', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const step = idle - 1000;
    for (let at = T0 + step; at < T0 + stall; at += step) {
      assert.equal(await store.append(session.sid, { event: ping(0), receivedAt: at }, DEFAULT_TIMEOUTS), 'accepted');
    }
    const stalled = await store.get(session.sid);
    assert.deepEqual([stalled?.deadline, stalled?.closeReason], [T0 + stall, 'stall']);
    const late = { event: ping(0), receivedAt: T0 + stall };
    assert.equal(await store.append(session.sid, late, DEFAULT_TIMEOUTS), 'closed');
  });

  test('goes by the timeouts that come with the event', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const timeouts = { idle: 1000, stall: 5000, grace: 10 };
    for (const event of [ping(1), sessionEnd(1)]) {
      assert.equal(await store.append(session.sid, { event, receivedAt: T0 + 100 }, timeouts), 'accepted');
      const deadline = T0 + 100 + (event.eventType === 'ping' ? timeouts.idle : timeouts.grace);
      assert.equal((await store.get(session.sid))?.deadline, deadline);
    }
    assert.deepEqual(sidsOf(await store.claimClosed(T0 + 110, 1000, 10)), [session.sid]);
  });

  test('keeps events in the order of the calls also when the clock steps back', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const events = [3000, 1000, 2000, -1000].map((after) => ({ event: ping(1), receivedAt: T0 + after }));
    for (const event of events) await store.append(session.sid, event, DEFAULT_TIMEOUTS);
    assert.deepEqual(await store.events(session.sid), [start, ...events]);
  });

  test('gives events as they are at the call: what comes later does not show in them', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const before = await store.events(session.sid);
    await store.append(session.sid, { event: ping(1), receivedAt: T0 + 1 }, DEFAULT_TIMEOUTS);
    await store.events(session.sid);
    assert.deepEqual(before, [start]);
  });

  test('loses none of 50 events that come at once, and keeps the order of the calls', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const events = Array.from({ length: 50 }, (_, index) => ({ event: ping(index), receivedAt: T0 + 1 }));
    const outcomes = await Promise.all(events.map((event) => store.append(session.sid, event, DEFAULT_TIMEOUTS)));
    assert.deepEqual(new Set(outcomes), new Set(['accepted']));
    assert.deepEqual(await store.events(session.sid), [start, ...events]);
  });

  test('gives one grace to two sessionEnds that come at once', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const ends = [T0 + 100, T0 + 101].map((receivedAt) => ({ event: sessionEnd(3), receivedAt }));
    const outcomes = await Promise.all(ends.map((end) => store.append(session.sid, end, DEFAULT_TIMEOUTS)));
    assert.deepEqual(outcomes, ['accepted', 'accepted']);
    const ended = await store.get(session.sid);
    assert.deepEqual([ended?.deadline, ended?.closeReason], [T0 + 100 + grace, 'sessionEnd']);
    const late = { event: ping(3), receivedAt: T0 + 100 + grace };
    assert.equal(await store.append(session.sid, late, DEFAULT_TIMEOUTS), 'closed');
  });

  test('keeps a session of 20,000 events in order', async (store) => {
    const { session, start } = sessionAt(T0);
    const rest = Array.from({ length: 19_999 }, (_, index) => ({ event: ping(index), receivedAt: T0 + index }));
    await store.create(session, [start]);
    // Few enough at a time that no store on a busy machine refuses what would wait too long.
    for (let from = 0; from < rest.length; from += 100) {
      const slice = rest.slice(from, from + 100);
      await Promise.all(slice.map((event) => store.append(session.sid, event, DEFAULT_TIMEOUTS)));
    }
    const kept = (await store.events(session.sid)) ?? [];
    assert.equal(kept.length, 20_000);
    assert.deepEqual(
      kept.slice(1).map(({ event }) => event.playerTime.playhead),
      rest.map((_, index) => index),
    );
  });

  test('hands out a closed session from its deadline on, not before', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    assert.deepEqual(await store.claimClosed(session.deadline - 1, 1000, 10), []);
    assert.deepEqual(await store.claimClosed(session.deadline, 1000, 10), [session]);
  });

  test('goes by the deadline as it is, not as it was', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    await store.append(session.sid, { event: ping(4), receivedAt: T0 + 1000 }, DEFAULT_TIMEOUTS);
    assert.deepEqual(await store.claimClosed(T0 + idle, 1000, 10), []);
    await store.append(session.sid, { event: sessionEnd(5), receivedAt: T0 + 2000 }, DEFAULT_TIMEOUTS);
    assert.deepEqual(await store.claimClosed(T0 + 2000 + grace - 1, 1000, 10), []);
    const closed = await store.get(session.sid);
    assert.deepEqual(await store.claimClosed(T0 + 2000 + grace, 1000, 10), [closed]);
  });

  test('hands out a downloaded session at once', async (store) => {
    const session = downloaded(newSessionId(), T0);
    const events = [startEvent, ping(1), sessionEnd(2)].map((event) => ({ event, receivedAt: T0 }));
    await store.create(session, events);
    assert.deepEqual(await store.events(session.sid), events);
    assert.equal(await store.append(session.sid, { event: ping(3), receivedAt: T0 }, DEFAULT_TIMEOUTS), 'closed');
    assert.deepEqual(await store.claimClosed(T0, 1000, 10), [session]);
  });

  test('keeps a whole session of 5,000 events in order', async (store) => {
    const session = downloaded(newSessionId(), T0);
    const events = Array.from({ length: 5000 }, (_, index) => ({ event: ping(index), receivedAt: T0 }));
    await store.create(session, events);
    const kept = (await store.events(session.sid)) ?? [];
    assert.equal(kept.length, 5000);
    assert.ok(kept.every(({ event }, index) => event.playerTime.playhead === index));
  });

  test('takes an event or hands its session out, never both', async (store) => {
    const sids: string[] = [];
    for (let index = 0; index < 20; index++) sids.push(await createAt(store, T0));
    const last = { event: ping(1), receivedAt: T0 + idle - 1 };
    const appendTo = (part: string[]) => part.map((sid) => store.append(sid, last, DEFAULT_TIMEOUTS));
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

  test('hands a closed session out again until its close is settled, however often', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    for (let lease = 0; lease < 20; lease++) {
      assert.deepEqual(await store.claimClosed(session.deadline + lease * 1000, 1000, 10), [session]);
    }
  });

  test('hands out a session whose retention is over before anyone asked for closes', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    assert.deepEqual(await store.claimClosed(session.deadline + 2 * RETENTION, 1000, 10), [session]);
    assert.deepEqual(await store.events(session.sid), [start]);
  });

  test('takes nothing for a session that was handed out, also from a clock that is behind', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    await store.claimClosed(session.deadline, 1000, 10);
    const behind = { event: ping(1), receivedAt: session.deadline - 500 };
    assert.equal(await store.append(session.sid, behind, DEFAULT_TIMEOUTS), 'closed');
    await store.settle(session.sid);
    assert.equal(await store.append(session.sid, behind, DEFAULT_TIMEOUTS), 'closed');
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

  test('remembers a closed session for the retention, and then no more', async (store) => {
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    await store.claimClosed(session.deadline, 1000, 10);
    await store.settle(session.sid);
    const append = (receivedAt: number) => store.append(session.sid, { event: ping(1), receivedAt }, DEFAULT_TIMEOUTS);
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
    await store.append(session.sid, { event: ping(4), receivedAt: T0 + 1000 }, DEFAULT_TIMEOUTS);
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
        await store.append(sid, { event: ping(1), receivedAt: T0 + 1000 }, DEFAULT_TIMEOUTS);
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

  it('keeps all that is under way when it is closed', async () => {
    const store = await makeStore({ retention: RETENTION });
    const { session, start } = sessionAt(T0);
    await store.create(session, [start]);
    const appended = store.append(session.sid, { event: ping(1), receivedAt: T0 + 1 }, DEFAULT_TIMEOUTS);
    await store.close();
    assert.equal(await appended, 'accepted');
  });

  test('rejects a cursor that no page came with', async (store) => {
    await createAt(store, T0);
    await assert.rejects(store.list({ cursor: "'; drop table sessions --" }, T0), RangeError);
  });
}

/** One event in the texts that it may come as. */
const TEXTS: readonly (readonly [name: string, json: string])[] = [
  [
    'white space and line feeds',
    `\r\n {\n\t"eventType" : "ping",\n\n\t"playerTime": { "playhead": 1, "ts": 2 }\n}\n\n`,
  ],
  [
    'a key twice',
    '{"eventType":"play","playerTime":{"playhead":9},"eventType":"ping","playerTime":{"playhead":1,"ts":2}}',
  ],
  [
    'escapes',
    '{"event\\u0054ype":"\\u0070ing","playerTime":{"playhead":10e-1,"ts":2},"customMetadata":{"\\/":"\\ud83c\\udfac\\n"}}',
  ],
  [
    'a separator of lines',
    '{"eventType":"ping","playerTime":{"playhead":1,"ts":2},"customMetadata":{"lines":"\u2028\u2029\u0085"}}',
  ],
  ['half a character', '{"eventType":"ping","playerTime":{"playhead":1,"ts":2},"customMetadata":{"half":"\ud83c"}}'],
];

/** What a careless program may do to a session that it was given. */
const CHANGES = { sid: 'x', startedAt: 1, deadline: 1, validationToken: 'x' };

const startEvent: MediaEvent = {
  eventType: 'sessionStart',
  playerTime: { playhead: 0, ts: T0 },
  params: { 'media.id': 'id', 'media.contentType': 'vod', 'media.length': 60.5 },
};

function ping(playhead: number | null): MediaEvent {
  return { eventType: 'ping', playerTime: { playhead, ts: T0 } };
}

function sessionEnd(playhead: number): MediaEvent {
  return { eventType: 'sessionEnd', playerTime: { playhead, ts: T0 } };
}

function sessionAt(receivedAt: number, { validationToken }: { validationToken?: string } = {}) {
  const start: StoredEvent = { event: startEvent, receivedAt };
  const session = open(newSessionId(), start, DEFAULT_TIMEOUTS, validationToken);
  assert.ok(isOpen(session, receivedAt));
  return { session, start };
}

async function createAt(store: SessionStore, receivedAt: number): Promise<string> {
  const { session, start } = sessionAt(receivedAt);
  await store.create(session, [start]);
  return session.sid;
}

/** The sids of each page until there is none. A page may be empty and still not the last. */
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

function sidsOf(sessions: readonly MediaSession[]): string[] {
  return sessions.map(({ sid }) => sid);
}
