import { createServer, type Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import express5 from 'express';
import express4 from 'express4';
import Fastify from 'fastify';
import { Hono } from 'hono';
import Koa3 from 'koa';
import mount from 'koa-mount';
import Koa2 from 'koa2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionsMiddleware as forExpress } from '../../../adapters/http/express.ts';
import { sessionsPlugin } from '../../../adapters/http/fastify.ts';
import { sessionsHandler } from '../../../adapters/http/fetch.ts';
import { sessionsMiddleware as forKoa } from '../../../adapters/http/koa.ts';
import { sessionsMiddleware as forNode } from '../../../adapters/http/node.ts';
import { type Collector, createCollector } from '../../../src/collector/collector.ts';
import { createInspector } from '../../../src/inspector/inspector.ts';
import { startWith } from '../../../src/testing/conformance/samples.ts';
import { listen } from '../../support/hosts/serve-host.ts';

/** A server that has the API at its root and the inspector under /inspect. */
type Host = (collector: Collector) => Server | Promise<Server>;

const HOSTS: Readonly<Record<string, Host>> = {
  'node:http'(collector) {
    const api = forNode(collector);
    const inspector = forNode(createInspector({ collector }), { prefix: '/inspect' });
    return createServer((req, res) => inspector(req, res, () => api(req, res)));
  },
  'Express 5': (collector) =>
    createServer(
      express5()
        .use(forExpress(collector))
        .use('/inspect', forExpress(createInspector({ collector })))
        .use((_req, res) => void res.status(404).send('of the host')),
    ),
  'Express 4 after a body parser': (collector) =>
    createServer(
      express4()
        .use(express4.json(), forExpress(collector))
        .use('/inspect', forExpress(createInspector({ collector }))),
    ),
  'Koa 3': (collector) =>
    createServer(
      new Koa3()
        .use(forKoa(collector))
        .use(mount('/inspect', forKoa(createInspector({ collector }))))
        .callback(),
    ),
  'Koa 2': (collector) =>
    createServer(
      new Koa2()
        .use(forKoa(collector))
        .use(mount('/inspect', forKoa(createInspector({ collector }))))
        .callback(),
    ),
  async Fastify(collector) {
    const app = Fastify();
    await app.register(sessionsPlugin, { collector });
    await app.register(sessionsPlugin, { collector: createInspector({ collector }), prefix: '/inspect' });
    await app.ready();
    return app.server;
  },
  'Hono with a prefix'(collector) {
    const api = sessionsHandler(collector, { passThrough: true });
    const inspector = sessionsHandler(createInspector({ collector }), { prefix: '/inspect', passThrough: true });
    const app = new Hono();
    app.use(async (c, next) => (await inspector(c.req.raw)) ?? (await api(c.req.raw)) ?? next());
    app.get('/', (c) => c.text('of the host'));
    return createAdaptorServer({ fetch: app.fetch }) as Server; // HTTP/2 would take another option
  },
  'Hono, mounted'(collector) {
    const app = new Hono();
    app.mount('/inspect', sessionsHandler(createInspector({ collector })));
    app.mount('/', sessionsHandler(collector));
    return createAdaptorServer({ fetch: app.fetch }) as Server; // as above
  },
};

/** One host of each adapter, mounted in the plainest way. The others are long. */
const PLAIN = ['node:http', 'Express 5', 'Koa 3', 'Fastify', 'Hono with a prefix'];

function declareTests(host: Host): void {
  let collector: Collector;
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    collector = createCollector();
    server = await host(collector);
    origin = await listen(server);
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await collector.close();
  });

  const start = (body: unknown) =>
    fetch(`${origin}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it.each(['/inspect', '/inspect/', '/inspect/?from=bookmark'])('serves its page at %s', async (path) => {
    const response = await fetch(origin + path);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).toContain('<!doctype html>');
  });

  it('shows what players sent', async () => {
    expect(
      (await start(startWith({ params: { 'media.id': 'a b&c', 'media.contentType': 'vod', 'media.length': 1 } })))
        .status,
    ).toBe(201);
    expect((await start({ eventType: 'sessionStart' })).status).toBe(400);
    const read = async (path: string) => (await fetch(`${origin}/inspect/api/${path}`)).json();
    expect(await read('totals')).toMatchObject({ total: 2, accepted: 1, rejected: 1 });
    const { sessions } = (await read('sessions?search=a%20b%26c&limit=10')) as { sessions: { sid: string }[] };
    expect(sessions).toMatchObject([{ mediaId: 'a b&c', state: 'open' }]);
    expect(await read(`sessions/${sessions[0]?.sid}`)).toMatchObject({ report: { open: true } });
    expect(await read('rejections')).toMatchObject({
      rejections: [{ status: 400, body: '{"eventType":"sessionStart"}' }],
    });
  });

  it('answers HEAD, a tag that is held, what is not there, and a change', async () => {
    const head = await fetch(`${origin}/inspect/api/totals`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const held = { headers: { 'if-none-match': head.headers.get('etag') ?? '' } };
    expect((await fetch(`${origin}/inspect/api/totals`, held)).status).toBe(304);
    const missing = await fetch(`${origin}/inspect/nothing`);
    expect([missing.status, await missing.json()]).toEqual([
      404,
      { message: expect.stringContaining('/api/sessions') },
    ]);
    expect((await fetch(`${origin}/inspect/api`, { method: 'DELETE' })).status).toBe(204);
  });

  it.each(['/', '/elsewhere', '/inspecting'])('leaves %s alone', async (path) => {
    const text = await (await fetch(origin + path)).text();
    expect(text).not.toContain('/api/rejections');
    expect(text).not.toContain('<!doctype html>');
  });
}

for (const [name, host] of Object.entries(HOSTS)) {
  describe(`the inspector in ${name}`, { tags: PLAIN.includes(name) ? [] : ['long'] }, () => declareTests(host));
}
