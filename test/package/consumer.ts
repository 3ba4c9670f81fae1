// A program of someone who installed the package. It is compiled and run outside this repository.

import { createServer } from 'node:http';
import { createSecureServer } from 'node:http2';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';
import {
  createCollector,
  EVENT_TYPES,
  type EventOf,
  handleSessionStart,
  type MediaEvent,
  memoryStore,
  type Reply,
  type SessionStore,
  schemas,
} from 'media-sessions';
import { sessionsMiddleware as forExpress } from 'media-sessions/express';
import { sessionsPlugin } from 'media-sessions/fastify';
import { sessionsHandler } from 'media-sessions/fetch';
import { createInspector, type SessionDetail, type SessionList } from 'media-sessions/inspector';
import { sessionsMiddleware as forKoa } from 'media-sessions/koa';
import { sessionsMiddleware as forNode } from 'media-sessions/node';
import { ndjsonReports } from 'media-sessions/reports/ndjson';
import { postReports } from 'media-sessions/reports/post';
import { CONFORMANCE, conformance, storeContract } from 'media-sessions/testing';

const store: SessionStore = memoryStore({ maxSessions: 10 });
const collector = createCollector({
  store,
  validation: 'strict',
  onEvent({ event }) {
    if (event.eventType === 'adStart') event.params['media.ad.length'] satisfies number | null;
  },
});

createCollector.bind(undefined, { onSessionClose: ndjsonReports('reports.ndjson') });
createCollector.bind(undefined, { onSessionClose: postReports('https://example.com/', { secret: 'secret' }) });
// @ts-expect-error: what is posted is signed
postReports.bind(undefined, 'https://example.com/', {});

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
if (EVENT_TYPES.length !== 19 || schemas.strict.adStart.type !== 'object') throw new Error('The schemas are not there');
const rows: number = CONFORMANCE.length;
storeContract(
  (_name: string, _run: () => Promise<void>) => {},
  () => memoryStore(),
);
if (rows === 0 || typeof conformance !== 'function') throw new Error('The tests are not there');
await Promise.all([collector.close(), wrong, shown]);
console.log('consumed');
process.exit(0);
