import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../../src/memory-store/memory-store.ts';
import { DEFAULT_TIMEOUTS, open } from '../../../src/session/lifecycle.ts';
import { type SessionStore, StoreUnavailable } from '../../../src/session/store.ts';
import { storeContract } from '../../../src/testing/store-contract/store-contract.ts';
import type { MediaEvent } from '../../../src/wire/events.ts';
import { createAt, eventAt, ping, RULE, sessionEnd, T0 } from '../../support/stores/events.ts';

setFlagsFromString('--expose-gc');
const runGc: () => void = runInNewContext('gc');

const { idle } = DEFAULT_TIMEOUTS;

describe('memoryStore', () => {
  storeContract(it, (options) => memoryStore(options));

  describe('when it is full', () => {
    it('refuses a new session rather than drop an open one', async () => {
      const store = memoryStore({ maxSessions: 2 });
      await createAt(store, 'one', T0);
      await createAt(store, 'two', T0);
      await expect(createAt(store, 'three', T0 + 1)).rejects.toBeInstanceOf(StoreUnavailable);
      expect(await store.get('one')).toBeDefined();
      expect(await store.get('three')).toBeUndefined();
    });

    it('forgets the session settled first, and no open one', async () => {
      const store = memoryStore({ maxSessions: 3 });
      await createAt(store, 'open', T0 + idle);
      await createAt(store, 'settled-second', T0);
      await createAt(store, 'settled-first', T0 + 1);
      await store.claimClosed(T0 + idle + 1, 1000, 10);
      await store.settle('settled-first');
      await store.settle('settled-second');
      await createAt(store, 'new', T0 + idle + 2);
      expect(await known(store, ['open', 'settled-second', 'settled-first', 'new'])).toEqual([
        'open',
        'settled-second',
        'new',
      ]);
    });

    it('keeps a closed session whose close is still to be delivered', async () => {
      const store = memoryStore({ maxSessions: 1 });
      await createAt(store, 'undelivered', T0);
      await store.claimClosed(T0 + idle, 1000, 10);
      await expect(createAt(store, 'new', T0 + idle)).rejects.toBeInstanceOf(StoreUnavailable);
      await store.settle('undelivered');
      await createAt(store, 'new', T0 + idle);
      expect(await known(store, ['undelivered', 'new'])).toEqual(['new']);
    });

    it('forgets closed sessions by itself where nobody asks for closes', async () => {
      const store = memoryStore({ maxSessions: 2 });
      await createAt(store, 'closed', T0);
      await createAt(store, 'open', T0 + 1);
      await createAt(store, 'new', T0 + idle);
      expect(await known(store, ['closed', 'open', 'new'])).toEqual(['open', 'new']);
    });

    it('counts the bytes of events as well, and has room again once a session is forgotten', async () => {
      const store = memoryStore({ maxBytes: 10_000 });
      await createAt(store, 'long', T0);
      const append = () => store.append('long', [eventAt(T0, pingWith('x'.repeat(1000)))], RULE);
      await expect(Promise.all(Array.from({ length: 10 }, append))).rejects.toBeInstanceOf(StoreUnavailable);
      const kept = (await store.events('long'))?.length;
      expect(kept).toBe(9);
      const start = eventAt(T0 + idle, pingWith('x'.repeat(1000)));
      await store.create(open('next', start, DEFAULT_TIMEOUTS), [start]);
      expect(await known(store, ['long', 'next'])).toEqual(['next']);
    });
  });

  it('does not forget a session before its close is settled', async () => {
    const store = memoryStore({ retention: 1000 });
    await createAt(store, 'undelivered', T0);
    await store.claimClosed(T0 + idle, 1000, 10);
    const late = eventAt(T0 + idle + 5000);
    expect(await store.append('undelivered', [late], RULE)).toBe('closed');
    await store.settle('undelivered');
    expect(await store.append('undelivered', [late], RULE)).toBe('unknown');
  });

  it('gives way to other work while it sweeps', async () => {
    const store = memoryStore();
    for (let index = 0; index < 5000; index++) await createAt(store, `s${index}`, T0 + index);
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    expect(await store.claimClosed(T0 + idle + 5000, 1000, 5000)).toHaveLength(5000);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
  });

  it('forgets what is told to nobody once it is told the time, and keeps what another is to be told', async () => {
    const store = memoryStore({ retention: 1000 });
    for (const sid of ['a', 'b']) await createAt(store, sid, T0);
    await store.append('b', [eventAt(T0 + 5000)], RULE);
    await store.claimClosed(T0 + idle + 999, 1000, 0);
    expect(await store.get('a')).toBeDefined();
    await store.claimClosed(T0 + idle + 1000, 1000, 0);
    expect([await store.get('a'), (await store.get('b'))?.sid]).toEqual([undefined, 'b']);
    expect(await store.claimClosed(T0 + idle + 5000, 1000, 1)).toHaveLength(1);
    await store.claimClosed(T0 + idle + 9000, 1000, 0);
    expect(await store.get('b')).toBeDefined();
  });

  it('shares nothing with who made a session or reads it, not even what is deep in it', async () => {
    const store = memoryStore();
    const made = { ...open('a', eventAt(T0), DEFAULT_TIMEOUTS), edge: { datastream: 'known' } };
    await store.create(made, [eventAt(T0)]);
    const read = [await store.get('a'), (await store.list({}, T0)).sessions[0]];
    for (const session of [made, ...read]) Object.assign(session?.edge ?? {}, { datastream: 'changed' });
    expect((await store.get('a'))?.edge).toEqual({ datastream: 'known' });
  });

  it('lets go of what it forgets at once', async () => {
    const store = memoryStore({ maxBytes: 1_000_000 });
    await collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let index = 0; index < 20; index++) {
      const start = eventAt(T0 + index, pingWith('x'.repeat(300_000)));
      await store.create(open(`s${index}`, start, DEFAULT_TIMEOUTS), [start]);
      await store.settle(`s${index}`);
    }
    await collectGarbage();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(3_000_000); // of 6 MB, if it held them all
  });

  it('holds little of the many sessions that came and went, until their first deadline has passed', async () => {
    const store = memoryStore({ maxSessions: 100 });
    await collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let index = 0; index < 50_000; index++) {
      const now = T0 + index;
      await createAt(store, `s${index}`, now);
      await store.append(`s${index}`, [eventAt(now, sessionEnd)], RULE);
      await store.settle(`s${index}`);
    }
    await collectGarbage();
    // The object alone, some 230 bytes, which the wheel knows until then.
    expect((process.memoryUsage().heapUsed - before) / 50_000).toBeLessThan(300);
    expect((await store.list({ limit: 1000 }, T0)).sessions).toHaveLength(100);
  });

  it('holds nothing of sessions that came and went long before their first deadline, where that is a day away', {
    tags: ['long'],
  }, async () => {
    const store = memoryStore({ maxSessions: 100 });
    const timeouts = { idle: 86_400_000, stall: 86_400_000, grace: 5000 };
    await collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let index = 0; index < 50_000; index++) {
      const now = T0 + 100 * index;
      const start = eventAt(now);
      await store.create(open(`s${index}`, start, timeouts), [start]);
      await store.append(`s${index}`, [eventAt(now, sessionEnd)], {
        timeouts,
        maxLength: Number.POSITIVE_INFINITY,
      });
      await store.settle(`s${index}`);
      if (index % 100 === 0) await store.claimClosed(now, 1000, 50);
    }
    await collectGarbage();
    expect((process.memoryUsage().heapUsed - before) / 50_000).toBeLessThan(60);
    expect((await store.list({ limit: 1000 }, T0)).sessions).toHaveLength(100);
  });

  it('goes by a deadline that is far away to the millisecond', async () => {
    const store = memoryStore();
    const timeouts = { idle: 86_400_000, stall: 86_400_000, grace: 5000 };
    const start = eventAt(T0);
    for (const sid of ['idle', 'ended']) await store.create(open(sid, start, timeouts), [start]);
    const claimedAt = async (now: number) => (await store.claimClosed(now, 1000, 10)).map(({ sid }) => sid);
    for (let now = T0; now < T0 + 7_200_000; now += 250_000) expect(await claimedAt(now)).toEqual([]);
    const end = eventAt(T0 + 7_200_000, sessionEnd);
    await store.append('ended', [end], { timeouts, maxLength: Number.POSITIVE_INFINITY });
    expect(await claimedAt(end.receivedAt + 4999)).toEqual([]);
    expect(await claimedAt(end.receivedAt + 5000)).toEqual(['ended']);
    await store.settle('ended');
    for (let now = T0 + 7_500_000; now < T0 + timeouts.idle; now += 250_000) expect(await claimedAt(now)).toEqual([]);
    expect(await claimedAt(T0 + timeouts.idle - 1)).toEqual([]);
    expect(await claimedAt(T0 + timeouts.idle)).toEqual(['idle']);
  });

  it('forgets nothing for what is larger than it can hold', async () => {
    const store = memoryStore({ maxBytes: 10_000 });
    await createAt(store, 'settled', T0);
    await store.settle('settled');
    const large = eventAt(T0, pingWith('x'.repeat(10_000)));
    await expect(store.create(open('large', large, DEFAULT_TIMEOUTS), [large])).rejects.toThrow(/smaller/);
    expect(await known(store, ['settled', 'large'])).toEqual(['settled']);
  });

  it('knows no session longer than it remembers, whichever was settled first', async () => {
    const store = memoryStore({ retention: 1000 });
    await createAt(store, 'younger', T0 + 5000);
    await createAt(store, 'older', T0);
    await store.settle('younger');
    await store.settle('older');
    await store.claimClosed(T0 + idle + 1000, 1000, 10);
    expect(await known(store, ['younger', 'older'])).toEqual(['younger']);
    expect(await store.events('older')).toBeUndefined();
    expect((await store.list({}, T0)).sessions.map(({ sid }) => sid)).toEqual(['younger']);
  });

  it('rejects a cursor beyond its newest session at once', async () => {
    const store = memoryStore();
    await createAt(store, 'only', T0);
    for (const cursor of ['1', '99999999999']) {
      await expect(store.list({ cursor }, T0)).rejects.toThrow(RangeError);
    }
  });

  it('counts the tokens that sessions were validated with', async () => {
    const store = memoryStore({ maxBytes: 100_000 });
    const token = 'x'.repeat(15_000);
    const start = eventAt(T0);
    const creates = Array.from({ length: 20 }, (_, index) =>
      store.create(open(`s${index}`, start, DEFAULT_TIMEOUTS, token), [start]),
    );
    const outcomes = await Promise.allSettled(creates);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(6);
  });

  it('says which option is wrong', () => {
    expect(() => memoryStore({ maxSessions: 0 })).toThrow('maxSessions must be a number above 0, not 0');
    expect(() => memoryStore({ retention: '5000' as never })).toThrow('retention must be a number above 0, not "5000"');
    expect(() => memoryStore(5 as never)).toThrow('memoryStore: expected an object of options, got number');
    expect(() => memoryStore({ retention: Number.NaN })).toThrow('retention must be a number above 0');
    // @ts-expect-error: it is maxSessions
    expect(() => memoryStore({ maxSession: 1 })).toThrow('memoryStore: there is no option maxSession; the options are');
  });
});

function pingWith(note: string): MediaEvent {
  return { ...ping, customMetadata: { note } };
}

async function known(store: SessionStore, sids: readonly string[]): Promise<string[]> {
  const sessions = await Promise.all(sids.map((sid) => store.get(sid)));
  return sids.filter((_, index) => sessions[index] !== undefined);
}

/** In a turn of its own: what a function still refers to is not garbage yet. */
async function collectGarbage(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 10));
  runGc();
}
