import type { RequestListener } from 'node:http';
import Fastify from 'fastify';
import { eventSchemas } from 'media-sessions';
import { sessionsPlugin } from 'media-sessions/fastify';
import { handWrittenApi } from './hand-written.ts';

export async function ours(): Promise<RequestListener> {
  const app = Fastify();
  app.register(sessionsPlugin);
  await app.ready();
  return app.routing;
}

export async function checked(): Promise<RequestListener> {
  const api = handWrittenApi();
  const app = Fastify();
  app.post(
    '/api/v1/sessions',
    { schema: { body: structuredClone(eventSchemas.standard.sessionStart) } },
    (req, reply) => {
      const { status, headers } = api.start(req.body);
      return reply.code(status).headers(headers).send();
    },
  );
  const pings = { schema: { body: structuredClone(eventSchemas.standard.ping) } };
  app.post<{ Params: { sid: string } }>('/api/v1/sessions/:sid/events', pings, (req, reply) => {
    const { status, headers } = api.append(req.params.sid, req.body);
    return reply.code(status).headers(headers).send();
  });
  await app.ready();
  return app.routing;
}
