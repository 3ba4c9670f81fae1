import { DatabaseSync } from 'node:sqlite';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import pg from 'pg';
import { createClient, createCluster } from 'redis';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type CollectorOptions, createCollector, memoryStore, type Timeouts } from '../../../src/index.ts';
import { events, start } from '../../../src/testing/conformance/samples.ts';
import { call, closeAll, collect, startCall } from '../../support/collector.ts';
import { eventually } from '../../support/eventually.ts';

afterEach(closeAll);

describe('createCollector', () => {
  it.each([
    [{ validation: 'lax' }, "createCollector: validation must be 'standard', 'strict' or 'lenient'"],
    [
      { store: {} },
      'createCollector: store must be a SessionStore, such as memoryStore(): an object with the methods create, ',
    ],
    [{ maxBodyBytes: '1mb' }, 'createCollector: maxBodyBytes must be a whole number of bytes above 0'],
    [{ timeouts: { idle: 1000 } }, 'createCollector: timeouts.grace, 5000, must be no longer than idle, 1000'],
    [{ timeouts: { stall: Number.MAX_SAFE_INTEGER } }, 'from 1 to 3153600000000, which is 100 years'],
    [{ timeouts: { idel: 1000 } }, 'createCollector: timeouts must be'],
    [
      { timeouts: { idle: '5m' } },
      'createCollector: timeouts.idle must be a whole number of milliseconds from 1 to 3153600000000, which is 100 years, not "5m"',
    ],
    [{ timeouts: [] }, 'createCollector: timeouts must be'],
    [{ timeouts: Promise.resolve({ idle: 1000, grace: 1 }) }, 'createCollector: timeouts must be'],
    [{ cors: [] }, 'createCollector: cors must be'],
    [{ cors: { origins: '*' } }, 'createCollector: cors must be'],
    [{ cors: { origin: [1] } }, 'createCollector: cors must be'],
    [{ cors: { origin: [] } }, 'createCollector: cors must be'],
    [{ cors: { origin: ['*', 'https://a.example'] } }, 'createCollector: cors must be'],
    [{ cors: { origin: 'https://a.example/' } }, 'an origin such as https://example.com'],
    [{ cors: { origin: 'https://*.example.com' } }, 'an origin such as https://example.com'],
    [{ cors: { origin: ['https://Example.com'] } }, 'an origin such as https://example.com'],
    [{ cors: { origin: 'https://example.com:443' } }, 'an origin such as https://example.com'],
    [
      { cors: { credentials: true } },
      "createCollector: cors.credentials goes with origins by name: browsers refuse it with '*'",
    ],
    [{ cors: { origin: ['https://a.example', 'null'], credentials: true } }, 'any page can have the origin null'],
    [
      { cors: { origin: 'https://a.example', credentials: true, allowedHeaders: ['*'] } },
      'createCollector: cors.allowedHeaders must be names beside credentials',
    ],
    [
      { cors: { origin: 'https://a.example', credentials: true, exposedHeaders: ['*'] } },
      'createCollector: cors.exposedHeaders must be names beside credentials',
    ],
    [{ cors: { exposedHeaders: ['set-cookie'] } }, 'createCollector: cors.exposedHeaders: no page may read Set-Cookie'],
    [{ cors: { allowedHeaders: ['a\r\nSet-Cookie: b'] } }, 'createCollector: cors must be'],
    [{ cors: { allowedHeaders: 'traceparent' } }, 'createCollector: cors must be'],
    [{ cors: { credentials: 'include' } }, 'createCollector: cors must be'],
    [{ now: () => new Date() }, 'createCollector: now must return Unix milliseconds, a whole number'],
    [{ now: () => Date.now() + 0.5 }, 'now must return Unix milliseconds, a whole number'],
    [{ now: () => -1 }, 'now must return Unix milliseconds, a whole number'],
    [{ sweepInterval: 0 }, 'createCollector: sweepInterval must be'],
    [{ sweepInterval: 2 ** 31 }, 'from 1 to 2147483647'],
    [{ onEvent: true }, 'createCollector: onEvent must be a function'],
    [
      { maxBodySize: 1 },
      'createCollector: there is no option maxBodySize; the options are store, validation, cors, edge, maxBodyBytes',
    ],
    [null, 'createCollector: expected an object of options, got null'],
    [
      new Request('http://localhost'),
      'createCollector: expected options, got a request: mount what the function gives',
    ],
    [[], 'createCollector: expected an object of options, got array'],
    [Promise.resolve({}), 'createCollector: expected an object of options, got a promise: await it'],
    ['x', 'createCollector: expected an object of options, got string'],
    [express(), 'createCollector: expected options, got an app: mount this in it, as in app.use'],
    [new Koa(), 'createCollector: expected options, got an app'],
    [new Hono(), 'createCollector: expected options, got an app'],
    [Fastify(), 'createCollector: expected options, got an app'],
    [
      { store: Promise.resolve(memoryStore()) },
      'createCollector: store must be a SessionStore, not a promise: await it',
    ],
    [{ store: createClient() }, 'not a client of Redis: wrap it: redisStore(client) of media-sessions/stores/redis'],
    [{ store: createCluster({ rootNodes: [] }) }, 'not a client of Redis: wrap it: redisStore(client)'],
    [
      { store: new pg.Pool() },
      'not a pool of PostgreSQL: wrap it: postgresStore(pool) of media-sessions/stores/postgres',
    ],
    [{ store: new pg.Client() }, 'not a client of pg: give a Pool to postgresStore'],
    [{ store: new DatabaseSync(':memory:') }, 'not a database of SQLite: wrap it: sqliteStore(database)'],
    [{ store: 'sqlite:x' }, "not a text: write sqliteStore('FILE') of media-sessions/stores/sqlite"],
    [{ store: 'redis://localhost' }, 'not a text: write redisStore(client)'],
    [{ store: 'postgres://localhost' }, 'not a text: write postgresStore(pool)'],
    [{ store: memoryStore }, 'not a function: call it, as in memoryStore()'],
    [memoryStore(), 'createCollector: a store goes into an option: { store }'],
    [createCollector(), 'createCollector: expected options, got a collector'],
    [{ edge: 'ee' }, 'createCollector: edge must be true, false, or { basePath'],
    [{ edge: { basePath: '/ee?x' } }, 'createCollector: edge must be'],
    [{ edge: { orgId: 'org' } }, 'createCollector: edge must be'],
    [{ edge: { base: 'ee' } }, 'createCollector: edge must be'],
    [{ collector: createCollector() }, 'createCollector: a collector goes in place of the options'],
  ])('says how to mend %j', (options, message) => {
    expect(() => createCollector(options as CollectorOptions)).toThrow(message);
  });

  it.each(['https://a.example', 'http://localhost:3000', 'capacitor://localhost', 'null', '*'])(
    'takes %s for an origin',
    (origin) => {
      expect(collect({ cors: { origin } })).toBeDefined();
    },
  );

  it('takes undefined for the default of an option', async () => {
    const collector = collect({
      store: undefined,
      cors: undefined,
      timeouts: undefined,
    } as unknown as CollectorOptions);
    expect((await collector.handle(startCall()))?.status).toBe(201);
    const timeouts = { idle: undefined, stall: 60_000 } as unknown as Partial<Timeouts>;
    expect(collect({ timeouts }).timeouts).toEqual({ idle: 600_000, stall: 60_000, grace: 5_000 });
  });
});

describe('close', () => {
  it('closes the store it made, and not the one it was handed', async () => {
    const store = { ...memoryStore(), close: vi.fn(async () => {}) };
    await collect({ store }).close();
    expect(store.close).not.toHaveBeenCalled();
  });

  it('has a 503 for calls that come later, and for one whose body is still read, whatever the store', async () => {
    const onReject = vi.fn();
    const store = memoryStore();
    const collector = collect({ store, onReject });
    let arrive = (_body: unknown) => {};
    const body = () => new Promise((resolve) => (arrive = resolve));
    const late = collector.handle({ ...startCall(), body });
    await collector.close();
    arrive(start);
    expect((await late)?.status).toBe(503);
    expect((await collector.handle(startCall()))?.status).toBe(503);
    expect((await collector.handle(call('/api/v1/sessions/a/events', events.ping)))?.status).toBe(503);
    expect((await store.list({}, Date.now())).sessions).toEqual([]);
    await eventually(() => expect(onReject.mock.calls.map(([{ code }]) => code)).toEqual(Array(3).fill('unavailable')));
  });
});
