// A program of someone who installed the package. It is compiled and run outside this repository.

import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import { DatabaseSync } from 'node:sqlite';
import type { Database as BetterSqlite } from 'better-sqlite3';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import {
  createCollector,
  EVENT_TYPES,
  type EventOf,
  eventSchemas,
  handleSessionStart,
  type MediaEvent,
  memoryStore,
  type Reply,
  type SessionStore,
  standardEvent,
} from 'media-sessions';
import { sessionsMiddleware as forExpress } from 'media-sessions/express';
import { sessionsPlugin } from 'media-sessions/fastify';
import { sessionsHandler } from 'media-sessions/fetch';
import { createInspector, type SessionDetail, type SessionList } from 'media-sessions/inspector';
import { sessionsMiddleware as forKoa } from 'media-sessions/koa';
import { sessionsMiddleware as forNode } from 'media-sessions/node';
import { ndjsonReports } from 'media-sessions/reports/ndjson';
import { postReports } from 'media-sessions/reports/post';
import { advanceSession, isStoreUnavailable, StoreUnavailable } from 'media-sessions/store';
import { postgresStore } from 'media-sessions/stores/postgres';
import { redisStore } from 'media-sessions/stores/redis';
import { sqliteStore } from 'media-sessions/stores/sqlite';
import { CONFORMANCE, conformance, storeContract } from 'media-sessions/testing';
import { Pool, type PoolClient } from 'pg';
import { createClient, createCluster } from 'redis';

if (!isStoreUnavailable(new StoreUnavailable('full')) || advanceSession.length !== 3)
  throw new Error('No errors by code');

const store: SessionStore = memoryStore({ maxSessions: 10 });
const collector = createCollector({
  store,
  validation: 'strict',
  onEvent({ event }) {
    const known = standardEvent(event);
    if (known.eventType === 'adStart') known.params['media.ad.length'] satisfies number | null | undefined;
    if (event.eventType === 'adStart') event.params['media.ad.id'] satisfies string;
    // @ts-expect-error: in lenient mode it may be anything
    if (event.eventType === 'adStart') event.params['media.ad.length'] satisfies number | null | undefined;
  },
});

createCollector.bind(undefined, { onSessionClose: ndjsonReports('reports.ndjson') });
createCollector.bind(undefined, { onSessionClose: postReports('https://example.com/', { secret: 'secret' }) });
// @ts-expect-error: what is posted is signed
postReports.bind(undefined, 'https://example.com/', {});

// None of these connects before it is used.
const stores: SessionStore[] = [
  sqliteStore(':memory:', { synchronous: 'normal' }),
  sqliteStore(new DatabaseSync(':memory:'), { retention: 1000 }),
  postgresStore(new Pool({ connectionTimeoutMillis: 2000 }), { schema: 'sessions', retention: 1000 }),
  redisStore(createClient(), { prefix: 'a:', retention: 1000 }),
  redisStore(createCluster({ rootNodes: [{ url: 'redis://127.0.0.1' }] })),
];
((database: BetterSqlite) => sqliteStore(database)) satisfies unknown;
// @ts-expect-error: a single connection is no pool
((client: PoolClient) => postgresStore(client)) satisfies unknown;

express().use(forExpress(collector));
express().use('/inspect', forExpress(createInspector({ collector, authorize: (call) => call.header('a') === 'b' })));
const shown: (list: SessionList, detail: SessionDetail) => string | undefined = ({ sessions: [first] }, { report }) =>
  first?.mediaName ?? report.diagnostics[0]?.message;
express().use('/media', express.json(), forExpress({ cors: false }));
new Koa().use(forKoa(collector));
createServer(forNode(collector));
Fastify().register(sessionsPlugin, { collector, prefix: '/media' }).register(sessionsPlugin, { cors: false });
new Hono().mount('/media', sessionsHandler(collector)).all('/api/v1/*', (c) => sessionsHandler(collector)(c.req.raw));
const passed: Response | undefined = await sessionsHandler(collector, { passThrough: true })(new Request('http://a/'));
if (passed) throw new Error('A foreign path was answered');
createSecureServer({}, forNode(collector));

const start: EventOf<'sessionStart'> = {
  eventType: 'sessionStart',
  playerTime: { playhead: null, ts: 0 },
  params: {
    'media.id': 'id',
    'media.contentType': 'vod',
    'media.length': 60,
    'visitor.customerIDs': { a: { id: 'x', authState: 2 } },
  },
};
const event: MediaEvent = start;
// @ts-expect-error: the type of an event decides its params
const wrong: MediaEvent = { eventType: 'adStart', playerTime: { playhead: 0, ts: 0 }, params: {} };
// @ts-expect-error: options are checked
createCollector.bind(undefined, { validation: 'lax' });

const reply: Reply = await handleSessionStart(event, { store });
if (reply.status !== 201) throw new Error(`Expected 201, got ${reply.status}`);
if (EVENT_TYPES.length !== 19 || eventSchemas.strict.adStart.type !== 'object')
  throw new Error('The schemas are not there');
const rows: number = CONFORMANCE.length;
storeContract(
  (_name: string, _run: () => Promise<void>) => {},
  () => memoryStore(),
);
if (rows === 0 || typeof conformance !== 'function') throw new Error('The tests are not there');
await Promise.all([collector.close(), wrong, shown, ...stores.map((each) => each.close())]);
console.log('consumed');
process.exit(0);
