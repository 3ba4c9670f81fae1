import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import bodyParser from '@koa/bodyparser';
import { Ajv } from 'ajv';
import express from 'express';
import Koa from 'koa';
import { schemas } from 'media-sessions';
import { sessionsMiddleware as forExpress } from 'media-sessions/express';
import { sessionsMiddleware as forKoa } from 'media-sessions/koa';
import { sessionsMiddleware as forNode } from 'media-sessions/node';

/** The headers of a 201, for those that answer one by hand. */
const HEADERS = {
  'Content-Type': 'application/octet-stream',
  'Content-Length': '0',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'OPTIONS,POST,PUT',
  'Access-Control-Allow-Headers': 'Content-Type',
  'Access-Control-Expose-Headers': 'Location',
};

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
    return { status: store.append(sid, body) ? 204 : 404, headers: {} };
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

/** What is measured, by name. Each makes the listener of a server of its own. */
export const CONTENDERS = {
  'ours on node:http': () => forNode(),
  'naive node:http': naive,
  'drain and 204': drain,
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
} as const satisfies Record<string, () => RequestListener>;

export type Contender = keyof typeof CONTENDERS;

export function serverOf(name: Contender): Server {
  return createServer(CONTENDERS[name]());
}
