import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type PostReportsOptions, postReports } from '../../../adapters/reports/post.ts';
import { listen } from '../../support/hosts/serve-host.ts';
import { closedSession, closedSessionOfManyAds } from '../../support/report/closed-session.ts';

const secret = 'a secret of the two';
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
  vi.restoreAllMocks();
});

interface Received {
  readonly url: string | undefined;
  readonly method: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** A server that keeps what it is sent and answers as told. */
async function receiver(answer: RequestListener = (_, res) => res.end()) {
  const received: Received[] = [];
  const sockets = new Set<unknown>();
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    received.push({ url: req.url, method: req.method, headers: req.headers, body: Buffer.concat(chunks) });
    sockets.add(req.socket);
    answer(req, res);
  });
  servers.push(server);
  return { url: await listen(server), received, sockets };
}

/** Posts a report to a receiver that answers as told. */
async function post(answer?: RequestListener, options: Partial<PostReportsOptions> = {}) {
  const { url, received } = await receiver(answer);
  await postReports(`${url}/reports?key=1`, { secret, ...options })(closedSession());
  return received;
}

describe('a report that is posted', () => {
  it('is the body, as JSON, at the URL', async () => {
    const [request] = await post();
    expect(request).toMatchObject({ method: 'POST', url: '/reports?key=1' });
    expect(request?.headers['content-type']).toBe('application/json');
    expect(request?.body.toString()).toBe(JSON.stringify(closedSession().report));
  });

  it('is signed over its bytes and the time, as documented', async () => {
    vi.spyOn(Date, 'now').mockReturnValue(1_768_471_260_999);
    const [request] = await post();
    const signature = String(request?.headers['media-sessions-signature']);
    const [, seconds = '', digest] = /^t=(\d+),sha256=([0-9a-f]{64})$/.exec(signature) ?? [];
    expect(seconds).toBe('1768471260');
    const expected = createHmac('sha256', secret)
      .update(`${seconds}.`)
      .update(request?.body ?? '');
    expect(digest).toBe(expected.digest('hex'));
  });

  it('is signed anew at each attempt, so that its time is that of the attempt', async () => {
    const { url, received } = await receiver();
    const report = postReports(url, { secret });
    await report(closedSession());
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 1000);
    await report(closedSession());
    const [first, second] = received.map(({ headers }) => headers['media-sessions-signature']);
    expect(first).not.toBe(second);
  });

  it('is whole and signed however large it is', async () => {
    const { url, received } = await receiver();
    const closed = closedSessionOfManyAds();
    await postReports(url, { secret })(closed);
    const [request] = received;
    expect(request?.body.toString()).toBe(JSON.stringify(closed.report));
    const [, seconds = '', digest] = String(request?.headers['media-sessions-signature']).split(/t=|,sha256=/);
    const expected = createHmac('sha256', secret)
      .update(`${seconds}.`)
      .update(request?.body ?? '');
    expect(digest).toBe(expected.digest('hex'));
  });

  it('is told apart by the sid, so that a receiver can drop a repeat', async () => {
    const [request] = await post();
    expect(request?.headers['idempotency-key']).toBe('sid');
  });

  it('has the headers of the options, but not in place of its own', async () => {
    const [request] = await post(undefined, { headers: { Authorization: 'Bearer 1', 'Content-Type': 'text/plain' } });
    expect(request?.headers).toMatchObject({ authorization: 'Bearer 1', 'content-type': 'application/json' });
  });

  it('goes over the connection of the one before', async () => {
    const { url, received, sockets } = await receiver((_, res) => res.end('{"thanks":true}'));
    const report = postReports(url, { secret });
    for (let index = 0; index < 5; index++) await report(closedSession());
    expect(received).toHaveLength(5);
    expect(sockets.size).toBe(1);
  });
});

describe('the hook', () => {
  it.each([200, 201, 202, 204])('resolves at %i', async (status) => {
    await expect(post((_, res) => res.writeHead(status).end())).resolves.toHaveLength(1);
  });

  it.each([301, 302, 307, 400, 404, 409, 410, 429, 500, 503])(
    'rejects at %i, and goes nowhere else',
    async (status) => {
      const elsewhere = await receiver();
      const answer: RequestListener = (_, res) => res.writeHead(status, { location: elsewhere.url }).end('Not now');
      await expect(post(answer)).rejects.toThrow(
        new RegExp(`^http://127.0.0.1:\\d+/reports did not take the report of sid: the answer was ${status} Not now$`),
      );
      expect(elsewhere.received).toEqual([]);
    },
  );

  it('rejects when no answer comes in time', async () => {
    const timeout = vi.spyOn(AbortSignal, 'timeout');
    await expect(post(() => {}, { timeout: 50 })).rejects.toThrow(/did not take the report of sid: .*timeout/);
    expect(timeout.mock.calls).toEqual([[50]]);
  });

  it('resolves at a 2xx whose body does not end', async () => {
    const time = new AbortController();
    vi.spyOn(AbortSignal, 'timeout').mockReturnValue(time.signal);
    const fetchHead: typeof fetch = async (...request) => {
      const response = await fetch(...request);
      setTimeout(() => time.abort(), 20); // it is over while the body is read
      return response;
    };
    await expect(post((_, res) => res.writeHead(200).write('a'), { fetch: fetchHead })).resolves.toHaveLength(1);
    expect(time.signal.aborted).toBe(true);
  });

  it('reads no more than the beginning of an endless answer', async () => {
    const endless: RequestListener = (_, res) => {
      res.writeHead(500);
      const more = () => {
        while (res.write('x'.repeat(10_000)));
        res.once('drain', more);
      };
      more();
    };
    await expect(post(endless)).rejects.toThrow(/ 500 x{200}$/);
  });

  it('rejects when nobody listens, and says why', async () => {
    const { url } = await receiver();
    servers.pop()?.close();
    await expect(postReports(url, { secret })(closedSession())).rejects.toThrow(/fetch failed.*ECONNREFUSED/);
  });
});

describe('postReports', () => {
  it.each(['/reports', 'ftp://example.com', 'https://user:password@example.com', ''])('does not take %j', (url) => {
    expect(() => postReports(url, { secret })).toThrow(TypeError);
  });

  it.each([
    { secret: '' },
    { secret: undefined },
    { secret, timeout: 0 },
    { secret, timeout: 60_000 },
    { secret, headers: { 'no name': 'x' } },
  ])('does not take %j', (options) => {
    const wrong = options as PostReportsOptions; // as a program without types may
    expect(() => postReports('https://example.com', wrong)).toThrow(TypeError);
  });
});
