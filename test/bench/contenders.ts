import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import bodyParser from '@koa/bodyparser';
import { Ajv } from 'ajv';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import { validator } from 'hono/validator';
import Koa from 'koa';
import { schemas } from 'media-sessions';
import { sessionsMiddleware as forExpress } from 'media-sessions/express';
import { sessionsPlugin } from 'media-sessions/fastify';
import { sessionsHandler } from 'media-sessions/fetch';
import { sessionsMiddleware as forKoa } from 'media-sessions/koa';
import { sessionsMiddleware as forNode } from 'media-sessions/node';

/** The headers of a 204 and of a 201, for those that answer by hand. */
const CROSS_ORIGIN = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'OPTIONS,POST,PUT',
  'Access-Control-Allow-Headers': 'Content-Type',
  'Access-Control-Expose-Headers': 'Location',
};
const HEADERS = { 'Content-Type': 'application/octet-stream', 'Content-Length': '0', ...CROSS_ORIGIN };

const ajv = new Ajv({ allErrors: false });
const isStart = ajv.compile(structuredClone(schemas.standard.sessionStart));
const isPing = ajv.compile(structuredClone(schemas.standard.ping));

/** The session store that a handler written in an afternoon has. */
function mapStore() {
  const sessions = new Map<string, string[]>();
  return {
    start(event: unknown): string {
      const sid = randomBytes(32).toString('hex');
      sessions.set(sid, [JSON.stringify(event)]);
      return sid;
    },
    append(sid: string, event: unknown): boolean {
      return (sessions.get(sid)?.push(JSON.stringify(event)) ?? 0) > 0;
    },
  };
}

/** Answers like the API from a parsed body: the part that the usual stacks have in common. */
function answer(
  store: ReturnType<typeof mapStore>,
  path: string,
  body: unknown,
): { status: number; headers: Record<string, string> } {
  const sid = path.split('/')[4];
  if (sid !== undefined) {
    if (!isPing(body)) return { status: 400, headers: {} };
    return { status: store.append(sid, body) ? 204 : 404, headers: CROSS_ORIGIN };
  }
  if (!isStart(body)) return { status: 400, headers: {} };
  return { status: 201, headers: { ...HEADERS, Location: `/api/v1/sessions/${store.start(body)}` } };
}

function naive(): RequestListener {
  const store = mapStore();
  return async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const { status, headers } = answer(store, req.url ?? '', JSON.parse(Buffer.concat(chunks).toString()));
    res.writeHead(status, headers);
    res.end();
  };
}

function drain(): RequestListener {
  return (req, res) => {
    req.on('data', () => {}).on('end', () => res.writeHead(204).end());
  };
}

/** The least that an answer takes on node:http: read, parse, answer; nothing is checked and nothing kept. */
function floor(): RequestListener {
  const Location = `/api/v1/sessions/${randomBytes(32).toString('hex')}`;
  return (req, res) => {
    const chunks: Buffer[] = [];
    req
      .on('data', (chunk) => chunks.push(chunk))
      .on('end', () => {
        JSON.parse(Buffer.concat(chunks).toString());
        if (req.url === '/api/v1/sessions') res.writeHead(201, { ...HEADERS, Location });
        else res.writeHead(204, CROSS_ORIGIN);
        res.end();
      });
  };
}

function expressAjv(): RequestListener {
  const store = mapStore();
  return express().use(express.json(), (req, res) => {
    const { status, headers } = answer(store, req.url, req.body);
    res.writeHead(status, headers).end();
  });
}

function koaAjv(): RequestListener {
  const store = mapStore();
  return new Koa()
    .use(bodyParser())
    .use((ctx) => {
      const { status, headers } = answer(store, ctx.path, (ctx.request as { body?: unknown }).body); // the parser's
      ctx.body = '';
      ctx.status = status;
      ctx.set(headers);
    })
    .callback();
}

/** Serving our paths before Express sees them. */
function beforeExpress(): RequestListener {
  const sessions = forNode();
  const app = express().use((_req, res) => void res.send('hello'));
  return (req, res) => sessions(req, res, () => app(req, res));
}

async function oursOnFastify(): Promise<RequestListener> {
  const app = Fastify();
  app.register(sessionsPlugin);
  await app.ready();
  return app.routing;
}

async function fastifySchema(): Promise<RequestListener> {
  const store = mapStore();
  const app = Fastify();
  app.post('/api/v1/sessions', { schema: { body: structuredClone(schemas.standard.sessionStart) } }, (req, reply) => {
    const sid = store.start(req.body);
    return reply
      .code(201)
      .headers({ ...HEADERS, Location: `/api/v1/sessions/${sid}` })
      .send();
  });
  const pings = { schema: { body: structuredClone(schemas.standard.ping) } };
  app.post<{ Params: { sid: string } }>('/api/v1/sessions/:sid/events', pings, (req, reply) =>
    reply
      .code(store.append(req.params.sid, req.body) ? 204 : 404)
      .headers(CROSS_ORIGIN)
      .send(),
  );
  await app.ready();
  return app.routing;
}

async function fastifyHello(): Promise<RequestListener> {
  const app = Fastify();
  app.post('/api/v1/sessions', () => 'hello');
  await app.ready();
  return app.routing;
}

function oursOnHono(): RequestListener {
  const sessions = sessionsHandler();
  return getRequestListener(new Hono().all('/api/v1/*', (c) => sessions(c.req.raw)).fetch);
}

function honoValidator(): RequestListener {
  const store = mapStore();
  const check = validator('json', (value, c) => (isStart(value) ? value : c.body(null, 400)));
  const app = new Hono().post('/api/v1/sessions', check, (c) => {
    const sid = store.start(c.req.valid('json'));
    return c.body(null, 201, { ...HEADERS, Location: `/api/v1/sessions/${sid}` });
  });
  return getRequestListener(app.fetch);
}

/** What is measured, by name. Each makes the listener of a server of its own. */
export const CONTENDERS = {
  'ours on node:http': () => forNode(),
  'naive node:http': naive,
  'drain and 204': drain,
  'the floor': floor,
  'ours on Express': () => express().use(forExpress()),
  'express.json + ajv': expressAjv,
  'Express hello': () => express().use((_req, res) => void res.send('hello')),
  'ours on Koa': () => new Koa().use(forKoa()).callback(),
  '@koa/bodyparser + ajv': koaAjv,
  'Koa hello': () =>
    new Koa()
      .use((ctx) => {
        ctx.body = 'hello';
      })
      .callback(),
  'ours before Express': beforeExpress,
  'ours on Fastify': oursOnFastify,
  'Fastify with a schema': fastifySchema,
  'Fastify hello': fastifyHello,
  'ours on fetch': () => getRequestListener(sessionsHandler()),
  'ours on Hono': oursOnHono,
  'Hono with its validator': honoValidator,
} as const satisfies Record<string, () => RequestListener | Promise<RequestListener>>;

export type Contender = keyof typeof CONTENDERS;

export async function serverOf(name: Contender): Promise<Server> {
  return createServer(await CONTENDERS[name]());
}
