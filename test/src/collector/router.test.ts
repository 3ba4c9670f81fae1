import { afterEach, describe, expect, it, vi } from 'vitest';
import { BodyUnreadable, type CollectorOptions, memoryStore, type SessionStore } from '../../../src/index.ts';
import { StoreUnavailable } from '../../../src/session/store.ts';
import { events, start } from '../../../src/testing/conformance/samples.ts';
import { call, closeAll, collect, startCall, startSession } from '../../support/collector.ts';
import { eventually } from '../../support/eventually.ts';

afterEach(closeAll);

/** A store in which one method fails. */
function failing(method: keyof SessionStore, error: unknown): SessionStore {
  return { ...memoryStore(), [method]: () => Promise.reject(error) };
}

describe('a call', () => {
  it('to another path is not answered, and its body not read', async () => {
    const body = vi.fn();
    const collector = collect();
    for (const path of ['/', '/api/v1/sessions/x', '/api/v1/sessions//events', '/api/v1/sessions//']) {
      expect(await collector.handle({ ...startCall(), path, body })).toBeUndefined();
      expect(collector.notFound({ ...startCall(), path }).status).toBe(404);
    }
    expect((await collector.handle({ ...startCall(), method: 'PUT', body }))?.status).toBe(405);
    expect(body).not.toHaveBeenCalled();
  });

  it('that is lost is told the way: the endpoints and their methods, and where an id comes from', async () => {
    const collector = collect();
    const asked = await collector.handle({ ...startCall(), method: 'GET' });
    expect(asked?.body).toMatch(/does not answer this method\..* POST \/api\/v1\/sessions;/);
    expect(collector.notFound({ ...startCall(), path: '/sessions' }).body).toMatch(/ POST \/api\/v1\/sessions;/);
    const toNobody = await collector.handle(call('/api/v1/sessions/undefined/events', events.ping));
    expect(toNobody?.body).toMatch(/the id .* Location/);
  });

  it('to another path is a refusal to tell of when it is a POST or its preflight, and no host takes it', async () => {
    const onReject = vi.fn();
    const collector = collect({ onReject });
    const path = '/v1/sessions';
    for (const method of ['GET', 'OPTIONS', 'POST']) collector.notFound({ ...startCall(), method, path });
    for (const asked of ['GET', 'POST']) {
      const headers = { 'access-control-request-method': asked };
      collector.notFound(call(path, undefined, { method: 'OPTIONS', headers }));
    }
    await collector.close();
    expect(onReject.mock.calls).toMatchObject([
      [{ method: 'POST', path, status: 404 }],
      [{ method: 'OPTIONS', path, status: 404 }],
    ]);
  });

  it('says so of a body that is still compressed', async () => {
    const gzip = call('/api/v1/sessions', Uint8Array.of(0x1f, 0x8b, 8), { headers: { 'content-encoding': 'gzip' } });
    expect((await collect().handle(gzip))?.body).toContain('not UTF-8; a Content-Encoding is not decoded here');
  });

  it('to a session that is full is a 413, and goes on in a new one', async () => {
    const onReject = vi.fn();
    const collector = collect({ maxSessionLength: 1000, onReject });
    const length = JSON.stringify(events.ping).length;
    const sid = await startSession(collector);
    const append = (to: string, body: unknown) => collector.handle(call(`/api/v1/sessions/${to}/events`, body));
    const bodies = [events.ping, JSON.stringify(events.ping)]; // parsed by the host or not, it counts the same
    const replies = [];
    for (let index = 0; index < Math.ceil(1000 / length); index++) replies.push(await append(sid, bodies[index % 2]));
    expect(new Set(replies.map((reply) => reply?.status))).toEqual(new Set([204]));

    expect((await append(sid, events.ping))?.status).toBe(413);
    await eventually(() => expect(onReject).toHaveBeenCalledOnce());
    expect(onReject.mock.calls[0]?.[0].message).toMatch(/Start a new session/);
    expect(await collector.events(sid)).toHaveLength(1 + replies.length);
    expect((await append(await startSession(collector), events.ping))?.status).toBe(204);
  });

  it('counts what comes at the same time', async () => {
    const collector = collect({ maxSessionLength: 1000 });
    const sid = await startSession(collector);
    const append = () => collector.handle(call(`/api/v1/sessions/${sid}/events`, events.ping));
    await Promise.all(Array.from({ length: 20 }, append));
    expect((await append())?.status).toBe(413);
  });

  it('may bring its body as bytes, as text or as a value', async () => {
    const text = JSON.stringify(start);
    for (const body of [new TextEncoder().encode(text), text, start, `\ufeff${text}`]) {
      expect((await collect().handle(call('/api/v1/sessions', body)))?.status).toBe(201);
    }
  });

  it.each([
    ['body-too-large', 413, undefined],
    ['body-aborted', 400, /connection ended/],
    ['body-consumed', 400, /mount/],
    ['body-form', 400, /form/],
  ] as const)('whose body fails with %s gets %d', async (fault, status, reason) => {
    const reply = await collect().handle({ ...startCall(), body: () => Promise.reject(new BodyUnreadable(fault)) });
    expect(reply?.status).toBe(status);
    if (reason) expect(JSON.parse(reply?.body ?? '').errors[0].reason).toMatch(reason);
  });

  it('hands its reader the limit of the body', async () => {
    const body = vi.fn(async (_maxBytes: number) => start);
    await collect({ maxBodyBytes: 77 }).handle({ ...startCall(), body });
    expect(body).toHaveBeenCalledWith(77);
  });
});

describe('a clock that fails', () => {
  function throwing(): number {
    throw new Error('no time');
  }

  it.each([
    ['throws', throwing],
    ['gives no number', () => Number.NaN],
  ])('is a 500 while it %s, and nothing is stored', async (_how, broken) => {
    const onError = vi.fn();
    let isBroken = false;
    const now = () => (isBroken ? broken() : Date.now());
    const collector = collect({ now, onError, sweepInterval: 1 });
    const sid = await startSession(collector);
    isBroken = true;
    const waitUntil = vi.fn();
    const pingCall = { ...call(`/api/v1/sessions/${sid}/events`, events.ping), waitUntil };
    expect((await collector.handle(startCall()))?.status).toBe(500);
    expect((await collector.handle(pingCall))?.status).toBe(500);
    await new Promise((resolve) => setTimeout(resolve, 20)); // sweeps come and go
    isBroken = false;
    expect((await collector.handle(pingCall))?.status).toBe(204);
    expect((await collector.sessions()).sessions).toHaveLength(1);
    expect(onError).toHaveBeenCalledWith({ during: 'request', error: expect.any(Error) });
  });
});

describe('a store that fails', () => {
  it('is a 503 when it is unavailable, and a 500 otherwise, without a word of its own', async () => {
    for (const [error, status] of [
      [new StoreUnavailable('secret'), 503],
      [new Error('secret'), 500],
      ['secret', 500],
    ] as const) {
      const onError = vi.fn();
      const collector = collect({ store: failing('create', error), onError });
      const reply = await collector.handle(startCall());
      expect(reply?.status).toBe(status);
      expect(JSON.stringify(reply)).not.toContain('secret');
      await collector.close();
      expect(onError).toHaveBeenCalledWith(expect.objectContaining({ error }));
    }
  });

  it('is logged where nobody else is told, an outage in a line', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const broken = new Error('broken');
    for (const error of [broken, new StoreUnavailable('connection lost')]) {
      const collector = collect({ store: failing('append', error) });
      await collector.handle(call('/api/v1/sessions/x/events', events.ping));
      await collector.close();
    }
    expect(log.mock.calls).toEqual([
      ['media-sessions: request failed:', broken],
      ['media-sessions: store failed:', 'connection lost'],
    ]);
    log.mockRestore();
  });
});

describe('the console', () => {
  it('gets a line a second of an outage, with a count', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const create = () => Promise.reject(new StoreUnavailable('connection lost'));
    const collector = collect({ store: { ...memoryStore(), create } });
    for (let index = 0; index < 100; index++) await collector.handle(startCall());
    await collector.close();
    const lines = log.mock.calls.map(([line]) => String(line));
    log.mockRestore();
    expect(lines.slice(0, 10)).toEqual(Array(10).fill('media-sessions: store failed:'));
    const counts = lines.slice(10).map((line) => Number(/failed (\d+) times in a second, the last:$/.exec(line)?.[1]));
    expect(counts.reduce((sum, count) => sum + count)).toBe(90);
  });
});

describe('CORS', () => {
  const corsOf = async (options: CollectorOptions, origin?: string, method = 'POST') => {
    const reply = await collect(options).handle({
      ...call('/api/v1/sessions', start, { headers: origin ? { origin } : {} }),
      method,
    });
    return reply && Object.fromEntries(Object.entries(reply.headers).filter(([name]) => /^(Access|Vary)/.test(name)));
  };
  const rest = {
    'Access-Control-Allow-Methods': 'OPTIONS,POST,PUT',
    'Access-Control-Allow-Headers': 'Content-Type',
    'Access-Control-Expose-Headers': 'Location',
  };

  it('allows every page by default, and a preflight holds a day', async () => {
    expect(await corsOf({})).toEqual({ 'Access-Control-Allow-Origin': '*', ...rest });
    expect(await corsOf({ cors: true }, 'https://a.example', 'OPTIONS')).toEqual({
      'Access-Control-Allow-Origin': '*',
      ...rest,
      'Access-Control-Max-Age': '86400',
    });
  });

  it('allows one origin, or echoes the one of several that calls', async () => {
    const listed = { cors: { origin: ['https://a.example', 'https://b.example'], maxAge: 60 } };
    expect(await corsOf({ cors: { origin: 'https://a.example' } }, 'https://x.example')).toEqual({
      'Access-Control-Allow-Origin': 'https://a.example',
      ...rest,
    });
    expect(await corsOf(listed, 'https://b.example', 'OPTIONS')).toEqual({
      'Access-Control-Allow-Origin': 'https://b.example',
      ...rest,
      Vary: 'Origin',
      'Access-Control-Max-Age': '60',
    });
    expect(await corsOf(listed, 'https://x.example')).toEqual({ Vary: 'Origin' });
    expect(await corsOf(listed)).toEqual({ Vary: 'Origin' });
  });

  it('lets named pages send cookies and more headers, and read more', async () => {
    const cors = {
      origin: ['https://a.example'],
      credentials: true,
      allowedHeaders: ['traceparent', 'baggage'],
      exposedHeaders: ['Server-Timing'],
    };
    expect(await corsOf({ cors }, 'https://a.example')).toEqual({
      'Access-Control-Allow-Origin': 'https://a.example',
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Methods': 'OPTIONS,POST,PUT',
      'Access-Control-Allow-Headers': 'Content-Type,traceparent,baggage',
      'Access-Control-Expose-Headers': 'Location,Server-Timing',
      Vary: 'Origin',
    });
    expect(await corsOf({ cors }, 'https://x.example')).toEqual({ Vary: 'Origin' });
  });

  it('is for the 404 of another path too, or a browser would blame CORS for it', () => {
    const lost = { ...startCall(), path: '/sessions' };
    expect(collect().notFound(lost).headers).toMatchObject({ 'Access-Control-Allow-Origin': '*', ...rest });
    expect(collect({ cors: false }).notFound(lost).headers).not.toHaveProperty('Access-Control-Allow-Origin');
  });

  it('switched off sends nothing, and leaves OPTIONS to the host or, without one, answers it plainly', async () => {
    expect(await corsOf({ cors: false })).toEqual({});
    const collector = collect({ cors: false });
    const preflight = call('/api/v1/sessions', undefined, { method: 'OPTIONS' });
    expect(await collector.handle(preflight)).toBeUndefined();
    expect(collector.notFound(preflight)).toEqual({ status: 204, headers: { Allow: 'OPTIONS, POST' } });
  });
});
