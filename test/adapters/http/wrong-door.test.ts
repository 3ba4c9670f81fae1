import { createServer } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import express5 from 'express';
import express4 from 'express4';
import Fastify from 'fastify';
import { Hono } from 'hono';
import Koa3 from 'koa';
import Koa2 from 'koa2';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sessionsMiddleware as forExpress } from '../../../adapters/http/express.ts';
import { sessionsPlugin } from '../../../adapters/http/fastify.ts';
import { sessionsHandler } from '../../../adapters/http/fetch.ts';
import { sessionsMiddleware as forKoa } from '../../../adapters/http/koa.ts';
import { sessionsMiddleware as forNode } from '../../../adapters/http/node.ts';
import { type Collector, createCollector } from '../../../src/index.ts';
import { listen } from '../../support/hosts/serve-host.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** What is mounted, by the name of its adapter. Frameworks of JavaScript take anything that can be called. */
const DOORS: Readonly<Record<string, (collector: Collector) => never>> = {
  node: (collector) => forNode(collector) as never,
  express: (collector) => forExpress(collector) as never,
  koa: (collector) => forKoa(collector) as never,
  fastify: () => sessionsPlugin as never,
  fetch: (collector) => sessionsHandler(collector) as never,
};

/** A framework that was handed something: gives what it was told, after a POST to it. */
type Told = (mounted: never) => Promise<string>;

/** Serves until the test is over, and gives the status of the answer to a start. */
async function post(server: ReturnType<typeof createServer>): Promise<number> {
  closing.push(() => server.close());
  const { status } = await fetch(`${await listen(server)}/api/v1/sessions`, { method: 'POST', body: '{}' });
  return status;
}

const inExpress =
  (express: typeof express5): Told =>
  async (mounted) => {
    const told = vi.fn();
    const app = express().use(mounted);
    const answer: express5.ErrorRequestHandler = (error, _req, res, _next) => {
      told(error.message);
      res.status(500).end();
    };
    expect(await post(createServer(app.use(answer)))).toBe(500);
    return told.mock.calls.flat().join();
  };

const inKoa =
  (Koa: typeof Koa3): Told =>
  async (mounted) => {
    const told = vi.fn();
    const app = new Koa().use(mounted).on('error', (error) => told(error.message));
    expect(await post(createServer(app.callback()))).toBe(500);
    return told.mock.calls.flat().join();
  };

const inFastify =
  (mount: (app: ReturnType<typeof Fastify>, mounted: never) => unknown): Told =>
  async (mounted) => {
    const app = Fastify();
    closing.push(() => app.close());
    mount(app, mounted);
    try {
      return (await app.inject({ method: 'POST', url: '/api/v1/sessions' })).json().message;
    } catch (error) {
      return (error as Error).message; // of an app that does not get ready
    }
  };

const FRAMEWORKS: readonly (readonly [name: string, right: readonly string[], told: Told])[] = [
  ['Express 5', ['express', 'node'], inExpress(express5)],
  ['Express 4', ['express', 'node'], inExpress(express4)],
  ['Koa 3', ['koa'], inKoa(Koa3)],
  ['Koa 2', ['koa'], inKoa(Koa2)],
  ['Fastify', ['fastify'], inFastify((app, plugin) => app.register(plugin))],
  ['a hook of Fastify', ['fastify'], inFastify((app, hook) => app.addHook('preHandler', hook).all('/*', () => ''))],
  ['a route of Fastify', ['fastify'], inFastify((app, handler) => app.all('/*', handler))],
  [
    'Hono',
    ['fetch'],
    async (mounted) => {
      const app = new Hono().use(mounted).onError((error, c) => c.text(error.message));
      return (await app.request('/api/v1/sessions', { method: 'POST' })).text();
    },
  ],
  [
    'a server of Requests',
    ['fetch'],
    async (mounted) => {
      const log = vi.spyOn(console, 'error').mockImplementation(() => {});
      expect(await post(createAdaptorServer({ fetch: mounted }) as ReturnType<typeof createServer>)).toBe(500);
      return log.mock.calls.flat().map(String).join();
    },
  ],
  [
    'node:http',
    ['node', 'express'],
    async (mounted) => {
      const log = vi.spyOn(console, 'error').mockImplementation(() => {});
      expect(await post(createServer(mounted))).toBe(500);
      return log.mock.calls.flat().map(String).join();
    },
  ],
];

describe.each(FRAMEWORKS)('%s', (_name, right, told) => {
  const wrong = Object.keys(DOORS).filter((door) => !right.includes(door));

  it.each(wrong)('is told of media-sessions/%s in it, and what belongs there, and lives on', async (door) => {
    const collector = createCollector();
    closing.push(() => collector.close());
    const message = await told(DOORS[door]?.(collector) as never);
    const file = door === 'express' ? 'node' : door; // on which it stands
    expect(message).toContain(`media-sessions/${file}: this is `);
    expect(message).toContain(`'media-sessions/${right[0]}'`);
  });
});

describe('a door that nothing known came through', () => {
  it.each([
    ['node', () => forNode()({} as never, undefined as never), 'it takes (req, res, next)'],
    ['fetch', () => sessionsHandler()(undefined as never), 'it takes a Request'],
    ['koa', () => forKoa()(null as never, undefined as never), 'it takes (ctx, next)'],
    ['fastify', () => (sessionsPlugin as () => unknown)(), 'is not called, but registered'],
  ])('says what it takes: %s', async (door, call, usage) => {
    await expect(async () => call()).rejects.toThrow(`media-sessions/${door}: `);
    await expect(async () => call()).rejects.toThrow(usage);
  });

  it('knows an event of AWS Lambda, and a context that has the Request', async () => {
    const handle = sessionsHandler();
    await expect(handle({ requestContext: {} } as never)).rejects.toThrow('this is AWS Lambda');
    const context = { request: new Request('https://a.example') };
    await expect(handle(context as never)).rejects.toThrow('hand it the request of the context');
  });
});
