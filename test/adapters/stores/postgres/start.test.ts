import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { postgresStore } from '../../../../adapters/stores/postgres/store.ts';
import { StoreUnavailable } from '../../../../src/session/store.ts';
import { eventually } from '../../../support/eventually.ts';
import { startHeldProxy } from '../../../support/servers/held-proxy.ts';
import { postgresIsMissing } from '../../../support/servers/postgres.ts';
import { createAt, T0 } from '../../../support/stores/events.ts';
import { newSchema, usePostgres } from '../../../support/stores/postgres-fixture.ts';

describe.skipIf(postgresIsMissing())('postgresStore when something is wrong at the start', () => {
  const postgres = usePostgres();

  it.each([
    ['postgresql://postgres@127.0.0.1:1/test', 'connect ECONNREFUSED 127.0.0.1:1'],
    ['postgresql://postgres@localhost:1/test', 'connect ECONNREFUSED'],
    ['postgresql://postgres@no-such-host.invalid/test', 'no-such-host.invalid'],
  ])('says so in one sentence: %s', async (wrong, sentence) => {
    const created = createAt(postgresStore(postgres.newPool(wrong)), 'a', T0);
    await expect(created).rejects.toThrow(`PostgreSQL cannot be used now: `);
    await expect(created).rejects.toThrow(sentence);
    await expect(created).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('is well soon after a connection that went silent before it was used', async () => {
    const schema = newSchema();
    await createAt(postgresStore(postgres.newPool(), { schema }), 'a', T0);
    const proxy = await startHeldProxy(Number(new URL(postgres.url).port));
    const store = postgresStore(postgres.newPool(postgres.url.replace(/:\d+/, `:${proxy.port}`)), { schema });
    const connected = once(proxy.server, 'connection');
    const early = store.get('a');
    await connected;
    proxy.hold();
    await expect(early).rejects.toThrow('PostgreSQL is too slow');
    proxy.release();
    await eventually(async () => expect(await store.get('a')).toBeDefined());
    await store.close();
    proxy.close();
  });

  it('says so when the encoding of the database lacks characters', async () => {
    await postgres.newPool().query(`create database latin encoding 'LATIN1' locale 'C' template template0`);
    const store = postgresStore(postgres.newPool(postgres.url.replace(/[^/]*$/, 'latin')));
    await expect(createAt(store, 'a', T0)).rejects.toThrow('has the encoding LATIN1');
  });

  it('takes the loss of a connection, whose code looks like an SQLSTATE, for a failure that passes', async () => {
    const lost = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    const connect = (callback: (error: Error, client: undefined) => void) => callback(lost, undefined);
    const pool = { totalCount: 0, on: () => {}, off: () => {}, connect };
    await expect(createAt(postgresStore(pool), 'a', T0)).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('says so when the database is missing', async () => {
    const store = postgresStore(postgres.newPool(postgres.url.replace(/[^/]*$/, 'missing')));
    await expect(createAt(store, 'a', T0)).rejects.toThrow('database "missing" does not exist');
  });

  it('says so when the user may not make the schema, and is well once an administrator made it', async () => {
    const schema = newSchema();
    const admin = postgres.newPool();
    await admin.query('create role guest login');
    const store = postgresStore(postgres.newPool(postgres.url.replace('postgres@', 'guest@')), { schema });
    await expect(createAt(store, 'a', T0)).rejects.toThrow('permission denied for database');
    await admin.query(`create schema ${schema} authorization guest`);
    await createAt(store, 'a', T0);
    await store.close();
  });

  it('says so when the schema is newer than it knows', async () => {
    const schema = newSchema();
    await createAt(postgresStore(postgres.newPool(), { schema }), 'a', T0);
    await postgres.newPool().query(`update ${schema}.migrations set version = 99`);
    await expect(createAt(postgresStore(postgres.newPool(), { schema }), 'b', T0)).rejects.toThrow('is of version 99');
  });

  it('says which argument is wrong', () => {
    // @ts-expect-error: a URL is no pool
    expect(() => postgresStore(postgres.url)).toThrow('give it a Pool of pg');
    for (const schema of ['a"b', '', null, ['a'], 5, () => 'a']) {
      expect(() => postgresStore(postgres.newPool(), { schema: schema as string })).toThrow('schema must be a name');
    }
    expect(() => postgresStore(postgres.newPool(), { schema: 'pg_media' })).toThrow('schema must not start with pg_');
    expect(() => postgresStore(postgres.newPool(), { retention: 0 })).toThrow(
      'retention must be a number above 0, not 0',
    );
    expect(() => postgresStore(postgres.newPool(), null as never)).toThrow(
      'postgresStore: expected an object of options, got null',
    );
    // @ts-expect-error: it is retention
    expect(() => postgresStore(postgres.newPool(), { retain: 1 })).toThrow(
      'there is no option retain; the options are',
    );
  });
});
