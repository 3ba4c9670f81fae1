import cors from '@fastify/cors';
import Fastify, { type FastifyInstance } from 'fastify';
import { sessionsPlugin } from '../../../adapters/http/fastify.ts';
import type { Collector } from '../../../src/collector/collector.ts';
import type { Host } from './host.ts';

const serve =
  (mountApi: (app: FastifyInstance, collector: Collector) => unknown, prefix = '') =>
  async (collector: Collector) => {
    const app = Fastify();
    await mountApi(app, collector);
    app.get(`${prefix}/hello`, () => 'hello');
    app.setNotFoundHandler((_request, reply) => reply.code(404).type('text/plain').send('not found'));
    await app.ready();
    return app.server;
  };

const traits = { headerNames: 'own', refusesBadUrls: true } as const;

/** The ways to mount the API in Fastify. */
export const fastifyHosts: readonly Host[] = [
  {
    name: 'Fastify 5',
    serve: serve((app, collector) => app.register(sessionsPlugin, { collector })),
    traits,
  },
  {
    name: 'Fastify 5 over HTTP/2',
    async serve(collector) {
      const app = Fastify({ http2: true });
      await app.register(sessionsPlugin, { collector });
      app.get('/hello', () => 'hello');
      app.setNotFoundHandler((_request, reply) => reply.code(404).type('text/plain').send('not found'));
      await app.ready();
      return app.server;
    },
    traits,
    http2: true,
  },
  {
    name: 'Fastify 5 under a prefix',
    serve: serve((app, collector) => app.register(sessionsPlugin, { collector, prefix: '/media' }), '/media'),
    prefix: '/media',
    traits,
  },
  {
    name: 'Fastify 5 under a prefix with a slash at its end',
    serve: serve((app, collector) => app.register(sessionsPlugin, { collector, prefix: '/media/' }), '/media'),
    prefix: '/media',
    traits,
  },
  {
    name: 'Fastify 5 in another plugin, under a prefix with a parameter',
    serve: serve((app, collector) => {
      const tenants = async (scope: FastifyInstance) =>
        scope.register(sessionsPlugin, { collector, prefix: '/:tenant' });
      return app.register(tenants, { prefix: '/tenants' });
    }, '/tenants/acme'),
    prefix: '/tenants/acme',
    traits,
  },
  {
    name: 'Fastify 5 beside @fastify/cors',
    serve: serve(async (app, collector) => {
      await app.register(cors, { exposedHeaders: ['Location'] });
      await app.register(sessionsPlugin, { collector });
    }),
    traits: { ...traits, cors: 'host' },
  },
];
