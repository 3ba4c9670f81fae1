import assert from 'node:assert/strict';
import { advanceSession, DEFAULT_TIMEOUTS, open } from '../../session/lifecycle.ts';
import { newSessionId } from '../../session/session-id.ts';
import type { MediaEvent } from '../../wire/events.ts';
import { standardEvent } from '../../wire/standard-event.ts';
import type { DeclareStoreTest } from './declare-test.ts';
import { allEvents, CHANGES, ping, RULE, sessionAt, sessionEnd, startEvent, T0, TEXTS } from './samples.ts';

const { grace } = DEFAULT_TIMEOUTS;

/** Declares the tests that what is stored reads back as it came, whatever that is. */
export function storedValueTests(test: DeclareStoreTest): void {
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
      assert.equal(await store.append(session.sid, [end], RULE), 'accepted');
      const [claimed] = await store.claimClosed(T0 + 1 + grace, 1000, 10);
      assert.deepEqual(claimed, advanceSession(session, end, DEFAULT_TIMEOUTS));
    }
  });

  test('keeps what a start by the Media Edge API brought, until the session is handed out', async (store) => {
    for (const edge of [{ datastream: 'nul\u0000 half\ud800\n' }, { datastream: '🎬 \'"\\', untimed: true as const }]) {
      const { session: plain, start } = sessionAt(T0, { validationToken: 'token-1\n' });
      const session = { ...plain, edge };
      await store.create(session, [start]);
      assert.deepEqual(await store.get(session.sid), session);
      const end = { event: sessionEnd(1), receivedAt: T0 + 1 };
      assert.equal(await store.append(session.sid, [end], RULE), 'accepted');
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
      for (const each of rest) assert.equal(await store.append(session.sid, [each], RULE), 'accepted');
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
    assert.equal(await store.append(session.sid, [long], RULE), 'accepted');
    const stored = (await allEvents(store, session.sid)) ?? [];
    const lengths = stored.map(({ event }) => standardEvent(event).customMetadata?.['long']?.length);
    assert.deepEqual(lengths, [customMetadata.long.length, customMetadata.long.length]);
  });

  test('keeps hostile keys and strings to the letter', async (store) => {
    const customMetadata = JSON.parse(
      '{"__proto__":"a","constructor":"b","":"c","nul":"x\\u0000y","half":"\\ud800","emoji":"🎬","quote":"\'\\"\\\\\\n\\u2028"}',
    );
    const event: MediaEvent = { ...startEvent, customMetadata };
    const session = open(newSessionId(), { event, receivedAt: T0 }, DEFAULT_TIMEOUTS);
    await store.create(session, [{ event, receivedAt: T0 }]);
    await store.append(session.sid, [{ event: { ...ping(5), customMetadata }, receivedAt: T0 + 1 }], RULE);
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
    const appended = store.append(session.sid, [{ event: second, receivedAt: T0 + 1 }], RULE);
    second.playerTime.playhead = 99;
    await appended;
    const stored = (await store.events(session.sid)) ?? [];
    assert.deepEqual(
      stored.map(({ event }) => event.playerTime.playhead),
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
}
