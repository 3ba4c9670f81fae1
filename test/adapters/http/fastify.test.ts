import { connect } from 'node:net';
import { PassThrough, type Readable, Stream } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify, { type FastifyInstance, type FastifyServerOptions, type InjectOptions } from 'fastify';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type SessionsPluginOptions, sessionsPlugin } from '../../../adapters/http/fastify.ts';
import { createCollector, memoryStore, type SessionStore } from '../../../src/index.ts';
import { start } from '../../../src/testing/conformance/samples.ts';
import { eventually } from '../../support/eventually.ts';

const SESSIONS = '/api/v1/sessions';
const apps: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

function setUp(options: SessionsPluginOptions = {}, server: FastifyServerOptions = {}): FastifyInstance {
  const app = Fastify(server);
  apps.push(app);
  app.register(sessionsPlugin, options);
  return app;
}

const startRequest = (request: InjectOptions = {}): InjectOptions => ({
  method: 'POST',
  url: SESSIONS,
  headers: { 'content-type': 'application/json' },
  payload: JSON.stringify(start),
  ...request,
});

/** What base64 stands for, as a stream that has what any stream has and is no `Readable`. */
function decodedByAnother(payload: Readable): Readable {
  const stream = Object.assign(new Stream(), {
    resume() {
      payload
        .on('data', (chunk) => stream.emit('data', Buffer.from(String(chunk), 'base64')))
        .on('end', () => stream.emit('end'));
    },
  });
  return stream as unknown as Readable; // as the hook types it
}

/** A store that fails, or lets a start wait. */
const storeWith = (create: SessionStore['create']): SessionStore => ({ ...memoryStore(), create });

describe('the Fastify plugin', () => {
  it('leaves the bodies, parsers and errors of other routes alone', async () => {
    const app = setUp();
    app.post('/own', (request) => request.body);
    const own = { method: 'POST', url: '/own', headers: { 'content-type': 'application/json' } } as const;
    expect((await app.inject({ ...own, payload: '{"a":1}' })).json()).toEqual({ a: 1 });
    expect((await app.inject({ ...own, payload: '{"a":' })).json()).toMatchObject({
      code: 'FST_ERR_CTP_INVALID_JSON_BODY',
    });
    const xml = { ...own, headers: { 'content-type': 'text/xml' }, payload: '<a/>' };
    expect((await app.inject(xml)).statusCode).toBe(415);
  });

  it.each(['json', '', 'application/json; charset', 'text/plain, text/plain'])(
    'reads a body whose Content-Type is %j, which Fastify itself refuses',
    async (type) => {
      const headers = { 'content-type': type };
      expect((await setUp().inject(startRequest({ headers }))).statusCode).toBe(201);
    },
  );

  it("holds to its own limit of a body's size, not to the server's", async () => {
    const app = setUp({ maxBodyBytes: 300 }, { bodyLimit: 10 });
    expect((await app.inject(startRequest())).statusCode).toBe(201);
    const answer = await app.inject(startRequest({ payload: ' '.repeat(301) }));
    expect([answer.statusCode, answer.json().message]).toEqual([413, expect.stringContaining('larger')]);
  });

  it('reads the stream that a preParsing hook put in place of the request', async () => {
    const app = Fastify();
    apps.push(app);
    app.addHook('preParsing', async (_request, _reply, payload: Readable) => payload.pipe(new PassThrough()));
    app.register(sessionsPlugin);
    expect((await app.inject(startRequest())).statusCode).toBe(201);
  });

  it('is told of an abort that does not reach the stream in its place', async () => {
    const onReject = vi.fn();
    const app = Fastify();
    apps.push(app);
    const parsing = vi.fn(async (_request: unknown, _reply: unknown, payload: Readable) =>
      payload.pipe(new PassThrough()),
    );
    app.addHook('preParsing', parsing);
    app.register(sessionsPlugin, { onReject });
    const { port, hostname } = new URL(await app.listen());
    const client = connect(Number(port), hostname);
    client.write(`POST ${SESSIONS} HTTP/1.1\r\nHost: a\r\nContent-Length: 200\r\n\r\n{"a":`);
    await eventually(() => expect(parsing).toHaveBeenCalled());
    client.destroy();
    await eventually(() => expect(onReject).toHaveBeenCalled());
    expect(onReject.mock.calls[0]?.[0].errors[0].reason).toBe('The connection ended before the body did');
  });

  it('reads a stream put in its place that is none of Node, as of the package readable-stream', async () => {
    const app = Fastify();
    apps.push(app);
    app.addHook('preParsing', async (_request, _reply, payload: Readable) => decodedByAnother(payload));
    app.register(sessionsPlugin);
    const payload = Buffer.from(JSON.stringify(start)).toString('base64');
    expect((await app.inject(startRequest({ payload }))).statusCode).toBe(201);
    expect((await app.inject(startRequest({ payload: 'e30=' }))).json().errors).toHaveLength(3);
  });

  it("runs the host's hooks around its own answers", async () => {
    const app = Fastify();
    apps.push(app);
    app.addHook('onRequest', async (request, reply) => {
      if (request.headers.authorization === undefined) return reply.code(401).send('who?');
    });
    app.addHook('onSend', async (_request, reply) => void reply.header('x-served-by', 'a'));
    app.register(sessionsPlugin);
    expect((await app.inject(startRequest())).statusCode).toBe(401);
    const known = await app.inject(startRequest({ headers: { authorization: 'me' } }));
    expect([known.statusCode, known.headers['x-served-by']]).toEqual([201, 'a']);
  });

  it('answers HEAD without a body, and with the length it would have', async () => {
    const app = setUp();
    const url = '/api/v1/schemas/ping';
    const [get, head] = [await app.inject({ url }), await app.inject({ method: 'HEAD', url })];
    expect([head.statusCode, head.body, head.headers['content-length']]).toEqual([
      200,
      '',
      String(Buffer.byteLength(get.body)),
    ]);
  });

  it("leaves OPTIONS with cors: false, and paths that are not the API's, to the server's 404", async () => {
    const app = setUp({ cors: false, prefix: '/media' } as SessionsPluginOptions);
    app.setNotFoundHandler((_request, reply) => reply.code(404).send('nothing'));
    for (const request of [
      { method: 'OPTIONS', url: `/media${SESSIONS}` },
      { method: 'GET', url: '/media/api/v1/sessions/abc' },
      { method: 'POST', url: SESSIONS, payload: start },
    ] as const) {
      const { statusCode, body } = await app.inject(request);
      expect([statusCode, body]).toEqual([404, 'nothing']);
    }
  });

  it('goes with a router that ignores case, slashes and the rest', async () => {
    const routerOptions = { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, caseSensitive: false };
    const app = setUp({ prefix: '/media' } as SessionsPluginOptions, { routerOptions });
    for (const url of [`/media${SESSIONS}/?a=1`, `/media/${SESSIONS}`, `//media${SESSIONS}//`, `/Media${SESSIONS}`]) {
      expect((await app.inject(startRequest({ url }))).statusCode).toBe(201);
    }
  });

  it.each([
    ['/:tenant(^[a-z]+$)', '/acme'],
    ['/:tenant([^/]+)', '/acme'],
    ['/:tenant(^(a|[^/]+)$)/v2', '/acme/v2'],
    ['/:tenant-:region', '/acme-eu'],
  ])('goes under the prefix %s', async (prefix, mounted) => {
    const app = setUp({ prefix } as SessionsPluginOptions);
    expect((await app.inject(startRequest({ url: mounted + SESSIONS }))).statusCode).toBe(201);
  });

  it('can be registered twice, each with its own sessions', async () => {
    const app = Fastify();
    apps.push(app);
    const stores = [memoryStore(), memoryStore()];
    for (const [index, store] of stores.entries()) app.register(sessionsPlugin, { store, prefix: `/p${index}` });
    await app.inject(startRequest({ url: `/p1${SESSIONS}` }));
    const counts = stores.map(async (store) => (await store.list({}, Date.now())).sessions.length);
    expect(await Promise.all(counts)).toEqual([0, 1]);
  });

  it("logs what goes wrong to the server's logger, unless it is told otherwise", async () => {
    const lines: string[] = [];
    const logger = { level: 'error', stream: { write: (line: string) => void lines.push(line) } };
    const store = storeWith(() => Promise.reject(new Error('disk on fire')));
    const app = setUp({ store }, { logger });
    expect((await app.inject(startRequest())).statusCode).toBe(500);
    await eventually(() => expect(lines).toHaveLength(1));
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 50,
      msg: 'media-sessions: request failed',
      err: { message: 'disk on fire' },
    });

    const onError = vi.fn();
    await setUp({ store, onError }, { logger }).inject(startRequest());
    await eventually(() => expect(onError).toHaveBeenCalledOnce());
    expect(lines).toHaveLength(1);
  });

  it('closes the collector it made with the server, after the requests under way', async () => {
    const order: string[] = [];
    const store = memoryStore();
    let begin = () => {};
    const underWay = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const slow = storeWith(async (...args) => {
      begin();
      await sleep(100);
      await store.create(...args);
      order.push('stored');
    });
    const onSessionStart = async () => {
      await sleep(50);
      order.push('hook done');
    };
    const app = setUp({ store: slow, onSessionStart });
    const url = await app.listen();
    // Fastify waits for clients that keep their connection.
    const headers = { connection: 'close' };
    const answer = fetch(url + SESSIONS, { method: 'POST', headers, body: JSON.stringify(start) });
    await underWay;
    await app.close();
    order.push('closed');
    expect((await answer).status).toBe(201);
    expect(order).toEqual(['stored', 'hook done', 'closed']);
  });

  it('leaves a collector it was given open', async () => {
    const store = memoryStore();
    const collector = createCollector({ store });
    const close = vi.spyOn(collector, 'close');
    const app = setUp({ collector });
    await app.ready();
    await app.close();
    expect(close).not.toHaveBeenCalled();
    await collector.close();
  });

  it.each([
    [{ validation: 'loose' }, /createCollector: validation must be/],
    [{ storage: memoryStore() }, /no option storage/],
    [{ collector: {} }, /collector must be what createCollector makes/],
    [createCollector(), /to Fastify as \{ collector \}/],
    [{ collector: createCollector(), validation: 'strict' }, /validation has no effect beside a collector/],
  ])('fails to start with the options %o', async (options, message) => {
    await expect(setUp(options as SessionsPluginOptions).ready()).rejects.toThrow(message);
  });
});
