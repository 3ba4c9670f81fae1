import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import bodyParser from '@koa/bodyparser';
import koaCors from '@koa/cors';
import Router from '@koa/router';
import cors from 'cors';
import express5 from 'express';
import express4 from 'express4';
import Koa3 from 'koa';
import mount from 'koa-mount';
import Koa2 from 'koa2';
import { sessionsMiddleware as forExpress } from '../../../adapters/http/express.ts';
import { sessionsMiddleware as forKoa } from '../../../adapters/http/koa.ts';
import { sessionsMiddleware as forNode } from '../../../adapters/http/node.ts';
import type { Collector } from '../../../src/collector/collector.ts';
import { fastifyHosts } from './fastify-hosts.ts';
import { fetchHosts } from './fetch-hosts.ts';
import type { Host } from './host.ts';
import { lambdaHosts } from './lambda-hosts.ts';
import { nestHosts } from './nest-hosts.ts';

const LIMIT = '4mb'; // above the API's own, so that it is the API's that holds

const node: Host[] = [
  {
    name: 'node:http',
    serve: (collector) => createServer(forNode(collector)),
    traits: { otherPaths: 'api' },
  },
  {
    name: 'node:http2',
    serve: (collector) => createHttp2Server(forNode(collector)),
    traits: { otherPaths: 'api' },
    http2: true,
  },
  {
    name: 'node:http in front of another listener',
    serve(collector) {
      const api = forNode(collector);
      return createServer((req, res) => api(req, res, () => hello(req, res)));
    },
  },
  {
    name: 'node:http in front of Express',
    serve(collector) {
      const api = forNode(collector);
      const app = express5().use(express5.json());
      app.get('/hello', (_req, res) => void res.type('text').send('hello'));
      return createServer((req, res) => api(req, res, () => app(req, res)));
    },
  },
];

const hello: RequestListener = (req, res) => {
  res.statusCode = req.url === '/hello' ? 200 : 404;
  res.end('hello');
};

type ExpressApp = ReturnType<typeof express5>;

const expressHosts = [
  { name: 'Express 5', express: express5 },
  { name: 'Express 4', express: express4 },
].flatMap(({ name, express }): Host[] => {
  const serve =
    (mountApi: (app: ExpressApp, collector: Collector) => void, prefix = '') =>
    (collector: Collector) => {
      const app = express();
      mountApi(app, collector);
      app.get(`${prefix}/hello`, (_req, res) => void res.type('text').send('hello'));
      return createServer(app);
    };
  return [
    {
      name,
      serve: serve((app, collector) => app.use(forExpress(collector))),
    },
    {
      name: `${name} after express.json()`,
      serve: serve((app, collector) => app.use(express.json({ limit: LIMIT }), forExpress(collector))),
      traits: { hostParses: ['json'] },
    },
    {
      name: `${name} after express.text({ type: '*/*' })`,
      serve: serve((app, collector) => app.use(express.text({ type: '*/*', limit: LIMIT }), forExpress(collector))),
      traits: { hostParses: ['text'] },
    },
    {
      name: `${name} after express.urlencoded()`,
      serve: serve((app, collector) => app.use(express.urlencoded({ extended: true }), forExpress(collector))),
      traits: { hostParses: ['form'] },
    },
    {
      name: `${name} under a path`,
      serve: serve((app, collector) => app.use('/media', forExpress(collector)), '/media'),
      prefix: '/media',
    },
    {
      name: `${name} in a router under a path`,
      serve: serve((app, collector) => {
        const router = express.Router();
        router.use(express.json({ limit: LIMIT }), forExpress(collector));
        app.use('/tenants/:tenant', router);
      }, '/tenants/acme'),
      prefix: '/tenants/acme',
      traits: { hostParses: ['json'] },
    },
    {
      name: `${name} in a route for all paths, which takes them off`,
      serve: serve((app, collector) => app.use(express === express4 ? '*' : '/{*path}', forExpress(collector))),
      traits: { refusesBadUrls: true },
    },
    {
      name: `${name} under the path of the API itself, which it takes off`,
      serve: serve((app, collector) => app.use(['/api/v1', '/ee'], forExpress(collector))),
      traits: { routesExactly: true },
    },
    {
      name: `${name} behind cors()`,
      serve: serve((app, collector) => app.use(cors({ exposedHeaders: ['Location'] }), forExpress(collector))),
      traits: { cors: 'host' },
    },
  ];
});

const koaHosts = [
  { name: 'Koa 3', Koa: Koa3 },
  { name: 'Koa 2', Koa: Koa2 },
].flatMap(({ name, Koa }): Host[] => {
  const serve =
    (mountApi: (app: Koa3, collector: Collector) => void, prefix = '') =>
    (collector: Collector) => {
      const app = new Koa();
      mountApi(app, collector);
      app.use((ctx) => {
        if (ctx.path === `${prefix}/hello`) ctx.body = 'hello';
      });
      return createServer(app.callback());
    };
  const parser = () => bodyParser({ jsonLimit: LIMIT });
  return [
    {
      name,
      serve: serve((app, collector) => app.use(forKoa(collector))),
    },
    {
      name: `${name} after a body parser`,
      serve: serve((app, collector) => app.use(parser()).use(forKoa(collector))),
      traits: { hostParses: ['json', 'form'] },
    },
    {
      name: `${name} in koa-mount`,
      serve: serve((app, collector) => app.use(mount('/media', forKoa(collector))), '/media'),
      prefix: '/media',
    },
    {
      name: `${name} in a router`,
      serve: serve((app, collector) => {
        const router = new Router();
        for (const path of ['/api/v1/{*rest}', '/ee/{*rest}']) router.all(path, forKoa(collector));
        app.use(router.routes());
      }),
      traits: { routesExactly: true },
    },
    {
      name: `${name} in a router with a prefix`,
      serve: serve((app, collector) => {
        const router = new Router({ prefix: '/media' });
        router.all('/{*rest}', forKoa(collector, { prefix: '/media' }));
        app.use(router.routes());
      }, '/media'),
      prefix: '/media',
    },
    {
      name: `${name} behind cors()`,
      serve: serve((app, collector) => app.use(koaCors({ exposeHeaders: ['Location'] })).use(forKoa(collector))),
      traits: { cors: 'host' },
    },
  ];
});

/** Every way to mount the API that must work. */
export const HOSTS: readonly Host[] = [
  ...node,
  ...expressHosts,
  ...koaHosts,
  ...fastifyHosts,
  ...fetchHosts,
  ...nestHosts,
  ...lambdaHosts,
];
