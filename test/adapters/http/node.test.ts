import { EventEmitter } from 'node:events';
import { createServer, request } from 'node:http';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import { connect } from 'node:net';
import { createMocks, type RequestOptions } from 'node-mocks-http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type NodeRequest, sessionsMiddleware } from '../../../adapters/http/node.ts';
import { createCollector, type Handler } from '../../../src/index.ts';
import { start } from '../../../src/testing/conformance/samples.ts';
import { eventually } from '../../support/eventually.ts';
import { listen } from '../../support/hosts/serve-host.ts';

const closing: (() => unknown)[] = [];
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

/** A request that is no stream, as some hosts and tests make them, answered by the middleware. */
async function answer(options: RequestOptions, handler: Handler = closed(createCollector())) {
  const { req, res } = createMocks(
    { method: 'POST', url: '/api/v1/sessions', ...options },
    { eventEmitter: EventEmitter },
  );
  const next = vi.fn();
  const answered = new Promise((resolve) => {
    res.once('end', resolve);
    next.mockImplementation(resolve);
  });
  sessionsMiddleware(handler)(req as unknown as NodeRequest, res, next); // it has what a middleware reads
  await answered;
  return { res, next, text: res._getData() as string };
}

function closed<Closable extends { close(): unknown }>(closable: Closable): Closable {
  closing.push(() => closable.close());
  return closable;
}

function bug(): never {
  throw new Error('a bug in the host');
}

describe('sessionsMiddleware of node', () => {
  it('takes the body of a request that is no stream', async () => {
    const { res, next } = await answer({ body: start });
    expect(res.statusCode).toBe(201);
    expect(res.getHeader('Content-Length')).toBe('0');
    expect(next).not.toHaveBeenCalled();
  });

  it('goes on to next, without a word, for another path', async () => {
    const { res, next } = await answer({ url: '/other' });
    expect(next).toHaveBeenCalledWith();
    expect(res.headersSent).toBe(false);
  });

  it('understands a request target that is a whole URL, as proxies send it', async () => {
    for (const url of ['http://media.example/api/v1/sessions?a=b', 'HTTPS://x:8080/api/v1/sessions/']) {
      expect((await answer({ url, body: start })).res.statusCode).toBe(201);
    }
  });

  it('hands a rejection to the host', async () => {
    const error = new Error('broken handler');
    const broken: Handler = {
      handle: () => Promise.reject(error),
      notFound: () => ({ status: 404, headers: {} }),
      roots: [],
    };
    expect((await answer({}, broken)).next).toHaveBeenCalledWith(error);
  });

  it('writes nothing once the host has answered', async () => {
    const { req, res } = createMocks({ method: 'POST', url: '/api/v1/sessions', body: start });
    res.writeHead(202);
    res.end('the host was first');
    sessionsMiddleware(closed(createCollector()))(req as unknown as NodeRequest, res); // it has what a middleware reads
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([res.statusCode, res._getData()]).toEqual([202, 'the host was first']);
  });

  it('takes an option for what it is, and a collector too', () => {
    expect(() => sessionsMiddleware({ validation: 'lax' as 'strict' })).toThrow('createCollector: validation must be');
    const collector = closed(createCollector());
    expect(typeof sessionsMiddleware(collector)).toBe('function');
  });

  it.each([null, 'x', 7])('says so of what is neither options nor a collector: %o', (options) => {
    expect(() => sessionsMiddleware(options as never)).toThrow('createCollector: expected an object of options, got');
  });

  it.each([
    ['throws', () => bug()],
    ['rejects', async () => bug()],
  ])('hides no failure of the next handler, which %s', async (_how, failing) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { req, res } = createMocks({ method: 'GET', url: '/other' });
    const api = sessionsMiddleware(closed(createCollector()));
    api(req as unknown as NodeRequest, res, failing); // it has what a middleware reads
    await eventually(() => expect(res.statusCode).toBe(500));
    expect(log).toHaveBeenCalledWith('media-sessions: answering failed:', new Error('a bug in the host'));
    log.mockRestore();
  });
});

describe('as the listener of a server', () => {
  async function serve(handler: Handler, before = async (_req: NodeRequest) => {}) {
    const api = sessionsMiddleware(handler);
    const server = createServer((req, res) => void before(req).then(() => api(req, res)));
    closing.push(
      () => server.closeAllConnections(),
      () => server.close(),
    );
    return listen(server);
  }

  it('answers 500 where a handler rejects, since there is no host to tell', async () => {
    const broken: Handler = {
      handle: () => Promise.reject(new Error('broken')),
      notFound: () => ({ status: 404, headers: {} }),
      roots: [],
    };
    expect((await fetch(await serve(broken))).status).toBe(500);
  });

  it('answers 500, and lives on, where headers of the host admit no answer', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const api = sessionsMiddleware(closed(createCollector()));
    const server = createServer((req, res) => {
      if (req.method === 'POST') res.setHeader('Trailer', 'Server-Timing'); // Node refuses it beside a Content-Length
      api(req, res);
    });
    closing.push(() => server.close());
    const url = `${await listen(server)}/api/v1/sessions`;
    expect((await fetch(url, { method: 'POST', body: JSON.stringify(start) })).status).toBe(500);
    expect((await fetch(url, { method: 'OPTIONS' })).status).toBe(204);
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });

  it('answers HEAD where the server throws at a body that HTTP forbids', async () => {
    const server = createServer({ rejectNonStandardBodyWrites: true }, sessionsMiddleware(closed(createCollector())));
    closing.push(() => server.close());
    const url = await listen(server);
    const answers = ['/api/v1/schemas/ping', '/api/v1/sessions', '/other'].map(async (path) => {
      const { status, headers } = await fetch(url + path, { method: 'HEAD' });
      return [status, Number(headers.get('content-length')) > 0];
    });
    expect(await Promise.all(answers)).toEqual([
      [200, true],
      [405, true],
      [404, true],
    ]);
  });

  it('answers, and does not hang, when something before it swallowed the body', async () => {
    const url = await serve(closed(createCollector()), async (req) => {
      for await (const _chunk of req);
    });
    const response = await fetch(`${url}/api/v1/sessions`, { method: 'POST', body: JSON.stringify(start) });
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('read before it came')]);
  });

  it('takes a body that the host has decoded as text', async () => {
    const url = new URL(await serve(closed(createCollector()), async (req) => void req.setEncoding('utf8')));
    const text = JSON.stringify({ ...start, customMetadata: { name: 'Füße ✓' } });
    const response = await new Promise<string>((resolve) => {
      const socket = connect(Number(url.port), url.hostname, () => {
        const bytes = Buffer.from(text);
        socket.write(`POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: ${bytes.length}\r\n\r\n`);
        const middle = bytes.indexOf('ü') + 1; // in the midst of a character
        socket.write(bytes.subarray(0, middle));
        setTimeout(() => socket.write(bytes.subarray(middle)), 30);
      });
      socket.once('data', (answer) => {
        resolve(String(answer));
        socket.destroy();
      });
    });
    expect(response).toMatch(/^HTTP\/1.1 201 /);
  });

  it.each([0, 8])('keeps nothing of an HTTP/2 request that is reset with code %i before its end', async (code) => {
    const onSessionStart = vi.fn();
    const onReject = vi.fn();
    const collector = closed(createCollector({ onSessionStart, onReject }));
    const api = sessionsMiddleware(collector);
    const reset = vi.fn();
    const server = createHttp2Server((req, res) => {
      api(req, res);
      req.once('data', reset);
    });
    closing.push(() => server.close());
    const { port, hostname } = new URL(await listen(server));
    const frame = (type: number, flags: number, stream: number, payload: Buffer | string) => {
      const head = Buffer.alloc(9);
      head.writeUIntBE(payload.length, 0, 3);
      head.set([type, flags], 3);
      head.writeUInt32BE(stream, 5);
      return Buffer.concat([head, Buffer.from(payload)]);
    };
    const path = '/api/v1/sessions';
    const headers = Buffer.concat([
      Buffer.from([0x83, 0x86, 0x04, path.length]),
      Buffer.from(path),
      Buffer.from('A\x01a'),
    ]);
    const client = connect(Number(port), hostname);
    client.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    client.write(Buffer.concat([frame(4, 0, 0, ''), frame(1, 4, 1, headers)])); // settings, then a request
    reset.mockImplementation(() => client.write(frame(3, 0, 1, Buffer.from([0, 0, 0, code]))));
    client.write(frame(0, 0, 1, JSON.stringify(start)));
    await eventually(() => expect(onReject).toHaveBeenCalled());
    expect(onSessionStart).not.toHaveBeenCalled();
    client.destroy();
  });

  it('blames nobody in the host for an HTTP/2 request that is reset before the host hands it on', async () => {
    const onReject = vi.fn();
    const api = sessionsMiddleware(closed(createCollector({ onReject })));
    const server = createHttp2Server((req, res) => {
      req.once('aborted', () => setTimeout(() => api(req, res), 10));
      gone.close(8);
    });
    closing.push(() => server.close());
    const client = connectHttp2(await listen(server));
    const gone = client.request({ ':method': 'POST', ':path': '/api/v1/sessions' });
    gone.on('error', () => {});
    gone.write('{"a":');
    await eventually(() => expect(onReject).toHaveBeenCalled());
    expect(onReject.mock.calls[0]?.[0].errors[0].reason).toBe('The connection ended before the body did');
    client.destroy();
  });

  it('survives a client that goes away before its answer', async () => {
    const answers: (() => void)[] = []; // one for each call that came
    const slow: Handler = {
      handle: () =>
        new Promise((resolve) => {
          answers.push(() => resolve({ status: 201, headers: { 'Content-Length': '0' } }));
        }),
      notFound: () => ({ status: 404, headers: {} }),
      roots: [],
    };
    const onAbort = vi.fn();
    const url = await serve(slow, async (req) => void req.on('aborted', onAbort));
    for (let client = 1; client <= 5; client++) {
      const gone = request(`${url}/api/v1/sessions`, { method: 'POST' });
      gone.on('error', () => {});
      gone.end('{}');
      await eventually(() => expect(answers).toHaveLength(client));
      gone.destroy();
      await eventually(() => expect(onAbort).toHaveBeenCalledTimes(client));
      answers.at(-1)?.();
    }
    const alive = fetch(`${url}/api/v1/sessions`, { method: 'POST' });
    await eventually(() => expect(answers).toHaveLength(6));
    answers.at(-1)?.();
    expect((await alive).status).toBe(201);
  });
});
