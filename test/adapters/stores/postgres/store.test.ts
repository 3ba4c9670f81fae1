import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresStore } from '../../../../adapters/stores/postgres/store.ts';
import { DEFAULT_TIMEOUTS, open } from '../../../../src/session/lifecycle.ts';
import { type SessionStore, StoreUnavailable } from '../../../../src/session/store.ts';
import { storeContract } from '../../../../src/testing/store-contract/store-contract.ts';
import { eventually } from '../../../support/eventually.ts';
import { startHeldProxy } from '../../../support/servers/held-proxy.ts';
import { postgresIsMissing } from '../../../support/servers/postgres.ts';
import { createAt, eventAt, ping, RULE, T0 } from '../../../support/stores/events.ts';
import { followsLifecycle } from '../../../support/stores/lifecycle-property.ts';
import { newSchema, usePostgres } from '../../../support/stores/postgres-fixture.ts';
import { replayRecordings } from '../../../support/stores/replay.ts';

const { idle } = DEFAULT_TIMEOUTS;

describe.skipIf(postgresIsMissing())('postgresStore', () => {
  const postgres = usePostgres();

  describe('on a server', () => {
    storeContract(it, (options) => postgresStore(postgres.newPool(), { schema: newSchema(), ...options }));
  });

  describe('over time', () => {
    let pool: Pool;
    let store: SessionStore;
    beforeAll(() => {
      pool = new Pool({ connectionString: postgres.url });
      store = postgresStore(pool);
    });
    afterAll(async () => {
      await store.close();
      await pool.end();
    });
    followsLifecycle(it, () => store, 50);
    replayRecordings(it, () => store);
  });

  it('makes its tables once when ten processes start at the same time', async () => {
    const schema = newSchema();
    const stores = Array.from({ length: 10 }, () => postgresStore(postgres.newPool(), { schema }));
    await Promise.all(stores.map((store, index) => createAt(store, `s${index}`, T0)));
    const { rows } = await postgres.newPool().query(`select count(*)::int as sessions from ${schema}.sessions`);
    expect(rows).toEqual([{ sessions: 10 }]);
    await Promise.all(stores.map((store) => store.close()));
  });

  it.each(['user', 'order', 'table', '_'])('has its tables in a schema that is named %s', async (schema) => {
    const store = postgresStore(postgres.newPool(), { schema, retention: 1000 });
    await createAt(store, 'a', T0);
    expect(await store.append('a', [eventAt(T0)], RULE)).toBe('accepted');
    expect(await store.events('a')).toHaveLength(2);
    expect((await store.list({}, T0)).sessions).toHaveLength(1);
    expect(await store.claimClosed(T0 + idle, 1000, 10)).toHaveLength(1);
    await store.settle('a');
    await store.claimClosed(T0 + idle + 1000, 1000, 10);
    expect(await store.get('a')).toBeUndefined();
    await store.close();
  });

  it('keeps the text that an event came as', async () => {
    const schema = newSchema();
    const pool = postgres.newPool();
    const store = postgresStore(pool, { schema });
    const json = `\n${JSON.stringify(ping, null, 2)}\n`;
    await store.create(open('a', eventAt(T0), DEFAULT_TIMEOUTS), [{ ...eventAt(T0), json }]);
    await store.append('a', [{ ...eventAt(T0), json }], RULE);
    expect((await pool.query(`select event from ${schema}.events`)).rows).toEqual([{ event: json }, { event: json }]);
    await store.close();
  });

  it('answers requests of one turn of the event loop with one commit', async () => {
    const schema = newSchema();
    const pool = postgres.newPool();
    const store = postgresStore(pool, { schema });
    await createAt(store, 'a', T0);
    await Promise.all(Array.from({ length: 500 }, () => store.append('a', [eventAt(T0)], RULE)));
    // Every row version names the transaction that wrote it.
    const { rows } = await pool.query(`select count(distinct xmin::text)::int as commits from ${schema}.events`);
    expect(rows).toEqual([{ commits: 2 }]);
    await store.close();
  });

  it('rejects of two sessions with one id in one batch the second, and keeps no event of it', async () => {
    const store = postgresStore(postgres.newPool(), { schema: newSchema() });
    const [first, second] = await Promise.allSettled([createAt(store, 'a', T0), createAt(store, 'a', T0 + 1)]);
    expect([first?.status, second?.status]).toEqual(['fulfilled', 'rejected']);
    expect(await store.events('a')).toEqual([eventAt(T0)]);
    await store.close();
  });

  it('loses no event to another process that appends to the same sessions, and waits in no circle', async () => {
    const schema = newSchema();
    const stores = [postgresStore(postgres.newPool(), { schema }), postgresStore(postgres.newPool(), { schema })];
    const sids = Array.from({ length: 20 }, (_, index) => `s${index}`);
    for (const sid of sids) await createAt(stores[0], sid, T0);
    const appends = stores.flatMap((store, number) =>
      Array.from({ length: 50 }, async () => {
        for (const sid of number === 0 ? sids : sids.toReversed()) await store.append(sid, [eventAt(T0)], RULE);
      }),
    );
    await Promise.all(appends);
    for (const sid of sids) expect(await stores[0]?.events(sid)).toHaveLength(101);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('finds every row by an index', async () => {
    const schema = newSchema();
    const pool = postgres.newPool();
    const store = postgresStore(pool, { schema, retention: 1000 });
    await Promise.all(Array.from({ length: 2000 }, (_, index) => createAt(store, `s${index}`, T0 + index)));
    await pool.query(`analyze ${schema}.sessions; analyze ${schema}.events`);
    const before = await sequentialScans(pool, schema);
    await store.append('s1', [eventAt(T0)], RULE);
    await store.get('s1');
    await store.events('s1');
    await store.list({ limit: 10 }, T0);
    await store.list({ limit: 10, state: 'open' }, T0);
    await store.claimClosed(T0 + idle, 1000, 10);
    await store.settle('s0');
    await store.claimClosed(T0 + idle + 10_000, 1000, 10);
    expect(await store.get('s0')).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 1500)); // statistics are reported once a second
    expect(await sequentialScans(pool, schema)).toEqual(before);
    await store.close();
  });

  it('moves the row that a session has by then when it waited for another to move it', async () => {
    const store = postgresStore(postgres.newPool(), { schema: 'moved' });
    await createAt(store, 'a', T0);
    const other = postgres.newPool();
    const client = await other.connect();
    await client.query('begin');
    await client.query('update moved.sessions set last_event_at = $1', [T0 + 1]);
    const append = store.append('a', [eventAt(T0 + 2)], RULE);
    const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%"moved".sessions%'`;
    await eventually(async () => expect((await other.query(waiting)).rows).toHaveLength(1));
    await client.query('commit');
    client.release();
    expect(await append).toBe('accepted');
    expect((await store.get('a'))?.lastEventAt).toBe(T0 + 2);
    expect(await store.append('a', [eventAt(T0 + 3)], RULE)).toBe('accepted');
    expect(await store.events('a')).toHaveLength(3);
    await store.close();
  });

  it('is well again after a connection that the server ends in the moment it is made', async () => {
    const store = postgresStore(postgres.newPool(), { schema: 'moment' });
    await createAt(store, 'a', T0);
    const proxy = await startHeldProxy(Number(new URL(postgres.url).port));
    const away = new URL(postgres.url);
    away.port = String(proxy.port);
    away.searchParams.set('application_name', 'moment');
    const through = postgresStore(postgres.newPool(away.href), { schema: 'moment' });
    const admin = postgres.newPool();
    const backends = async () => {
      const { rows } = await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'moment'`,
      );
      return rows.length;
    };
    proxy.hold();
    const append = through.append('a', [eventAt(T0)], RULE);
    await eventually(async () => expect(await backends()).toBe(1));
    await eventually(async () => expect(await backends()).toBe(0));
    proxy.release(); // "ready for query" and "terminating connection" in one piece
    await expect(append).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await through.append('a', [eventAt(T0)], RULE)).toBe('accepted');
    await Promise.all([through.close(), store.close()]);
    proxy.close();
  });

  it('appends to the right session where its tables were made anew under it', async () => {
    const schema = newSchema();
    const store = postgresStore(postgres.newPool(), { schema });
    for (const sid of ['a', 'b']) await createAt(store, sid, T0);
    await postgres.newPool().query(`drop schema ${schema} cascade`);
    const restored = postgresStore(postgres.newPool(), { schema });
    for (const sid of ['b', 'a']) await createAt(restored, sid, T0);

    expect(await store.append('a', [eventAt(T0 + 1)], RULE)).toBe('accepted');
    expect(await store.append('b', [eventAt(T0 + 1)], RULE)).toBe('accepted');
    expect(await store.events('a')).toHaveLength(2);
    expect(await store.events('b')).toHaveLength(2);
    await Promise.all([store.close(), restored.close()]);
  });
});

/** Reads how often each table was read from one end to the other. */
async function sequentialScans(pool: Pool, schema: string): Promise<unknown[]> {
  const { rows } = await pool.query(
    `select relname, seq_scan from pg_stat_user_tables where schemaname = $1 and relname <> 'migrations'`,
    [schema],
  );
  return rows;
}
