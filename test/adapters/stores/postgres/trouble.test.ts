import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Pool } from 'pg';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { postgresStore } from '../../../../adapters/stores/postgres/store.ts';
import type { MaybePromise } from '../../../../src/common/maybe-promise.ts';
import { DEFAULT_TIMEOUTS } from '../../../../src/session/lifecycle.ts';
import type { StoredEvent } from '../../../../src/session/session.ts';
import { StoreUnavailable } from '../../../../src/session/store.ts';
import { eventually } from '../../../support/eventually.ts';
import { startHeldProxy } from '../../../support/servers/held-proxy.ts';
import { postgresIsMissing } from '../../../support/servers/postgres.ts';
import { createAt, eventAt, ping, RULE, T0 } from '../../../support/stores/events.ts';
import { newDatabase, usePostgres } from '../../../support/stores/postgres-fixture.ts';

const { idle } = DEFAULT_TIMEOUTS;

describe.skipIf(postgresIsMissing())('postgresStore in trouble', () => {
  const postgres = usePostgres();
  let url = '';
  let admin: Client;
  const newPool = () => postgres.newPool(url);

  beforeEach(async () => {
    url = await newDatabase();
    admin = new Client(url);
    await admin.connect();
  });
  afterEach(() => admin.end());

  describe('while another client holds a lock on its table', { tags: ['long'] }, () => {
    let other: Client;
    beforeEach(async () => {
      other = new Client(url);
      await other.connect();
    });
    afterEach(() => other.end());

    /** Counts the connections that the server has for the store. */
    async function backends(): Promise<number> {
      const { rows } = await admin.query<{ readonly count: number }>(
        'select count(*)::int from pg_stat_activity where datname = current_database()',
      );
      return (rows[0]?.count ?? 0) - 2;
    }

    it('takes no more connections than its pool has, and writes nothing later that it refused', async () => {
      const pool = newPool();
      const store = postgresStore(pool);
      for (const sid of ['known', 'over']) await createAt(store, sid, T0);
      await other.query('begin; lock table media_sessions.sessions in access exclusive mode');

      const answers: Promise<unknown>[] = [];
      const created: string[] = [];
      let most = 0;
      const end = performance.now() + 5000;
      while (performance.now() < end) {
        const sid = `new${created.length}`;
        created.push(sid);
        answers.push(
          createAt(store, sid, T0),
          Promise.resolve(store.append('known', [eventAt(T0)], RULE)),
          store.settle('over'),
          store.claimClosed(T0 + idle, 1000, 10),
          ...Array.from({ length: 5 }, () => store.get('known')),
        );
        for (const answer of answers) answer.catch(() => {});
        await sleep(50);
        most = Math.max(most, await backends());
      }
      const outcomes = await Promise.allSettled(answers);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toEqual([]);
      const reasons = outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason);
      expect(reasons.filter((reason) => !(reason instanceof StoreUnavailable))).toEqual([]);
      expect(most).toBeLessThan(2 * pool.options.max); // a connection that is given up takes a moment to end
      await eventually(async () => expect(await backends()).toBeLessThanOrEqual(pool.options.max));

      await other.query('rollback');
      expect(await store.append('known', [eventAt(T0)], RULE)).toBe('accepted');
      await sleep(500); // what still waited for the lock has it now
      const { sessions } = await store.list({ limit: 1000 }, T0);
      expect(sessions.map(({ sid }) => sid)).toEqual(['over', 'known']);
      expect(await store.events('known')).toHaveLength(2);
      await store.close();
    });

    it('hands out closed sessions though its events cannot be deleted, and deletes them once they can be', async () => {
      const store = postgresStore(newPool(), { retention: 1000 });
      await createAt(store, 'old', T0);
      await store.settle('old');
      await createAt(store, 'due', T0 + 2000);
      await other.query('begin; lock table media_sessions.events in share mode');
      const claimed = await store.claimClosed(T0 + 2000 + idle, 1000, 10);
      expect(claimed.map(({ sid }) => sid)).toEqual(['due']);
      await sleep(500);
      await other.query('rollback');
      await eventually(async () => expect(await store.get('old')).toBeUndefined()); // nobody asked again
      await store.close();
    });
  });

  describe('when many large events come at once', () => {
    const MEGABYTE = 1_000_000;

    it('keeps what it can, large and small, rather than nothing', async () => {
      const store = postgresStore(newPool());
      await createAt(store, 'a', T0);
      const append = (event: StoredEvent) => outcomeOf(store.append('a', [event], RULE));
      const large = eventOfSize(MEGABYTE);
      const outcomes = await Promise.all(Array.from({ length: 50 }, () => [append(large), append(eventAt(T0))]).flat());
      const accepted = outcomes.filter((outcome) => outcome === 'accepted').length;
      expect(accepted).toBeGreaterThanOrEqual(4);
      expect(await eventCount('a')).toBe(accepted + 1);
      await store.close();
    });

    it('writes less at a time where the server is slow, so that it keeps what is asked of it again', {
      tags: ['long'],
    }, async () => {
      const store = postgresStore(newPool());
      await createAt(store, 'a', T0);
      await admin.query(`
        create function wait() returns trigger language plpgsql as
          $$ begin perform pg_sleep(length(new.event) / 1e6); return new; end $$;
        create trigger slow before insert on media_sessions.events for each row execute function wait()`);
      const large = eventOfSize(MEGABYTE / 5);
      const round = () => Promise.all(Array.from({ length: 10 }, () => outcomeOf(store.append('a', [large], RULE))));
      expect(await round()).not.toContain('accepted'); // 2 s for all of them
      await eventually(async () => expect(await round()).toContain('accepted'));
      await store.close();
    });

    async function eventCount(sid: string): Promise<number | undefined> {
      const { rows } = await admin.query<{ readonly count: number }>(
        'select event_count as count from media_sessions.sessions where sid = $1',
        [sid],
      );
      return rows[0]?.count;
    }
  });

  it.each(['repeatable read', 'serializable'])(
    'keeps what two processes write at once where transactions are %s unless they say otherwise',
    async (level) => {
      const name = url.split('/').at(-1);
      await admin.query(`alter database ${name} set default_transaction_isolation = '${level}'`);
      const stores = [postgresStore(newPool()), postgresStore(newPool())];
      await Promise.all(stores.map((store, index) => createAt(store, `start${index}`, T0))); // both make the tables
      const sids = Array.from({ length: 10 }, (_, index) => `s${index}`);
      for (const sid of sids) await createAt(stores[0], sid, T0);
      const rounds = stores.map(async (store, number) => {
        for (let round = 0; round < 30; round++) {
          await Promise.all([
            ...sids.map((sid) => store.append(sid, [eventAt(T0)], RULE)),
            createAt(store, `new${number}-${round}`, T0),
            store.claimClosed(T0, 1000, 10),
            store.settle(`start${round % 2}`),
          ]);
        }
      });
      await Promise.all(rounds);
      for (const sid of sids) expect(await stores[0]?.events(sid)).toHaveLength(61);
      await Promise.all(stores.map((store) => store.close()));
    },
  );

  it('answers StoreUnavailable once when its schema is dropped under it, and makes it anew', async () => {
    const store = postgresStore(newPool());
    const calls: readonly (() => MaybePromise<unknown>)[] = [
      () => createAt(store, 'b', T0),
      () => store.append('a', [eventAt(T0)], RULE),
      () => store.get('a'),
      () => store.claimClosed(T0, 1000, 10),
      () => store.settle('a'),
    ];
    for (const call of calls) {
      await createAt(store, 'a', T0);
      await admin.query('drop schema media_sessions cascade');
      await expect(call()).rejects.toBeInstanceOf(StoreUnavailable);
      expect(await store.get('a')).toBeUndefined();
    }
    await store.close();
  });

  it('is well again with a pool that waits without a limit for a server that went silent', {
    tags: ['long'],
  }, async () => {
    const proxy = await startHeldProxy(Number(new URL(url).port));
    const pool = new Pool({ connectionString: url.replace(/:\d+/, `:${proxy.port}`) });
    onTestFinished(() => pool.end());
    const store = postgresStore(pool);
    await createAt(store, 'a', T0);
    proxy.hold();
    for (let round = 0; round < 20; round++) {
      for (const _ of Array(pool.options.max)) store.get('a').catch(() => {});
      await sleep(100);
    }
    await expect(store.get('a')).rejects.toBeInstanceOf(StoreUnavailable);
    proxy.hold(); // what it held until now never comes
    proxy.release();
    await eventually(async () => expect(await store.get('a')).toBeDefined());
    await store.close();
    proxy.close();
  });

  it('is well again once the database that was dropped is there again', { tags: ['long'] }, async () => {
    const store = postgresStore(newPool());
    await createAt(store, 'a', T0);
    const name = url.split('/').at(-1);
    const elsewhere = new Client(url.replace(/[^/]*$/, 'postgres'));
    await elsewhere.connect();
    await admin.end();
    await elsewhere.query(`drop database ${name} with (force)`);
    await expect(store.get('a')).rejects.toBeInstanceOf(StoreUnavailable);
    await elsewhere.query(`create database ${name}`);
    await elsewhere.end();
    await eventually(async () => await createAt(store, 'a', T0));
    expect(await store.events('a')).toEqual([eventAt(T0)]);
    await store.close();
  });
});

/** What a promise resolves with, or the error that it rejects with. */
function outcomeOf(outcome: MaybePromise<unknown>): Promise<unknown> {
  return Promise.resolve(outcome).catch((error) => error);
}

/** An event with as many bytes, which a database cannot make much smaller. */
function eventOfSize(bytes: number): StoredEvent {
  return eventAt(T0, { ...ping, customMetadata: { text: randomBytes(bytes).toString('base64').slice(0, bytes) } });
}
