import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { sessionsHandler } from '../../../adapters/http/fetch.ts';
import type { Collector } from '../../../src/collector/collector.ts';
import type { Host } from './host.ts';

type Fetch = (request: Request) => Response | Promise<Response>;

const listener = (fetch: Fetch) => createAdaptorServer({ fetch }) as Server; // HTTP/2 would take another option

const serve =
  (mountApi: (app: Hono, collector: Collector) => void, prefix = '') =>
  (collector: Collector) => {
    const app = new Hono();
    mountApi(app, collector);
    app.get(`${prefix}/hello`, (c) => c.text('hello'));
    return listener(app.fetch);
  };

/** The ways to mount the API where a Request is answered with a Response. */
export const fetchHosts: readonly Host[] = [
  {
    name: 'fetch on @hono/node-server',
    serve: (collector) => listener(sessionsHandler(collector)),
    traits: { otherPaths: 'api' },
  },
  {
    name: 'Hono',
    serve: serve((app, collector) => {
      const handler = sessionsHandler(collector, { passThrough: true });
      for (const path of ['/api/v1/*', '/ee/*']) {
        app.all(path, async (c, next) => (await handler(c.req.raw)) ?? next());
      }
    }),
    traits: { routesExactly: true },
  },
  {
    name: 'Hono, as a middleware',
    serve: serve((app, collector) => {
      const handler = sessionsHandler(collector, { passThrough: true });
      app.use(async (c, next) => (await handler(c.req.raw)) ?? next());
    }),
  },
  {
    name: 'Hono, in a route under a path',
    serve: serve((app, collector) => {
      const handler = sessionsHandler(collector, { prefix: '/media', passThrough: true });
      const media = new Hono().use(async (c, next) => (await handler(c.req.raw)) ?? next());
      app.route('/media', media);
    }, '/media'),
    prefix: '/media',
  },
  {
    name: 'Hono, mounted under a path',
    serve: serve((app, collector) => app.mount('/media', sessionsHandler(collector))),
    prefix: '/media',
    traits: { otherPaths: 'api' },
  },
  {
    name: 'Hono behind cors()',
    serve: serve((app, collector) => {
      const handler = sessionsHandler(collector, { passThrough: true });
      app.use(cors({ origin: '*', exposeHeaders: ['Location'] }));
      app.use(async (c, next) => (await handler(c.req.raw)) ?? next());
    }),
    traits: { cors: 'host', headerNames: 'own' },
  },
];
