import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  BodyUnreadable,
  type Call,
  type Collector,
  type CollectorOptions,
  createCollector,
  memoryStore,
  type SessionStore,
  StoreUnavailable,
  type Timeouts,
} from '../src/index.ts';
import { events, start } from './conformance/samples.ts';

const open: Collector[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((collector) => collector.close()));
});

function collect(options?: CollectorOptions): Collector {
  const collector = createCollector(options);
  open.push(collector);
  return collector;
}

function call(path: string, body: unknown, { method = 'POST', headers = {} as Record<string, string> } = {}): Call {
  return { method, path, query: () => '', header: (name) => headers[name], body: async () => body };
}

const startCall = () => call('/api/v1/sessions', start);

async function startSession(collector: Collector): Promise<string> {
  const reply = await collector.handle(startCall());
  return reply?.headers['Location']?.split('/')[4] ?? '';
}

/** A store in which one method fails. */
function failing(method: keyof SessionStore, error: unknown): SessionStore {
  return { ...memoryStore(), [method]: () => Promise.reject(error) };
}

describe('createCollector', () => {
  it.each([
    [{ validation: 'lax' }, "The option validation must be 'standard' or 'strict'"],
    [
      { store: {} },
      'The option store must be a SessionStore, such as memoryStore(): an object with the methods create, ',
    ],
    [{ maxBodyBytes: '1mb' }, 'The option maxBodyBytes must be a whole number of bytes above 0'],
    [{ timeouts: { idle: 1000 } }, 'grace no longer than idle'],
    [{ timeouts: { stall: Number.MAX_SAFE_INTEGER } }, 'from 1 to 3153600000000, which is 100 years'],
    [{ timeouts: { idel: 1000 } }, 'The option timeouts must be'],
    [{ timeouts: [] }, 'The option timeouts must be'],
    [{ timeouts: Promise.resolve({ idle: 1000, grace: 1 }) }, 'The option timeouts must be'],
    [{ cors: [] }, 'The option cors must be'],
    [{ cors: { origins: '*' } }, 'The option cors must be'],
    [{ cors: { origin: [1] } }, 'The option cors must be'],
    [{ cors: { origin: [] } }, 'The option cors must be'],
    [{ cors: { origin: ['*', 'https://a.example'] } }, 'The option cors must be'],
    [{ cors: { origin: 'https://a.example/' } }, 'an origin such as https://example.com'],
    [{ cors: { origin: 'https://*.example.com' } }, 'an origin such as https://example.com'],
    [{ cors: { origin: ['https://Example.com'] } }, 'an origin such as https://example.com'],
    [{ cors: { origin: 'https://example.com:443' } }, 'an origin such as https://example.com'],
    [{ now: () => new Date() }, 'now must return Unix milliseconds, a whole number'],
    [{ now: () => Date.now() + 0.5 }, 'now must return Unix milliseconds, a whole number'],
    [{ sweepInterval: 0 }, 'The option sweepInterval must be'],
    [{ sweepInterval: 2 ** 31 }, 'from 1 to 2147483647'],
    [{ onEvent: true }, 'The option onEvent must be a function'],
    [{ maxBodySize: 1 }, 'There is no option maxBodySize; the options are store, validation, cors, maxBodyBytes'],
    [null, 'Expected an object of options, got null'],
    [new Request('http://localhost'), 'Expected options, got a request: mount what the function gives'],
    [[], 'Expected an object of options, got array'],
    [Promise.resolve({}), 'Expected an object of options, got a promise: await it'],
    ['x', 'Expected an object of options, got string'],
    [memoryStore(), 'A store goes into an option: { store }'],
    [createCollector(), 'Expected options, got a collector'],
    [{ collector: createCollector() }, 'A collector goes in place of the options'],
  ])('says how to mend %j', (options, message) => {
    expect(() => createCollector(options as CollectorOptions)).toThrow(message);
  });

  it.each(['https://a.example', 'http://localhost:3000', 'capacitor://localhost', 'null', '*'])(
    'takes %s for an origin',
    (origin) => {
      expect(collect({ cors: { origin } })).toBeDefined();
    },
  );

  it('takes undefined for the default of an option', async () => {
    const collector = collect({
      store: undefined,
      cors: undefined,
      timeouts: undefined,
    } as unknown as CollectorOptions);
    expect((await collector.handle(startCall()))?.status).toBe(201);
    const timeouts = { idle: undefined, stall: 60_000 } as unknown as Partial<Timeouts>;
    expect(collect({ timeouts }).timeouts).toEqual({ idle: 600_000, stall: 60_000, grace: 5_000 });
  });
});

describe('a call', () => {
  it('to another path is not answered, and its body not read', async () => {
    const body = vi.fn();
    const collector = collect();
    for (const path of [
      '/',
      '/api/v1/sessions/x',
      '/api/v1/sessions//events',
      '//api/v1/sessions',
      '/api/v1/sessions//',
    ]) {
      expect(await collector.handle({ ...startCall(), path, body })).toBeUndefined();
      expect(collector.decline({ ...startCall(), path }).status).toBe(404);
    }
    expect((await collector.handle({ ...startCall(), method: 'PUT', body }))?.status).toBe(405);
    expect(body).not.toHaveBeenCalled();
  });

  it('that is lost is told the way: the endpoints and their methods, and where an id comes from', async () => {
    const collector = collect();
    const asked = await collector.handle({ ...startCall(), method: 'GET' });
    expect(asked?.body).toMatch(/does not answer this method\..* POST \/api\/v1\/sessions;/);
    expect(collector.decline({ ...startCall(), path: '/sessions' }).body).toMatch(/ POST \/api\/v1\/sessions;/);
    const toNobody = await collector.handle(call('/api/v1/sessions/undefined/events', events.ping));
    expect(toNobody?.body).toMatch(/the id .* Location/);
  });

  it('to another path is a refusal to tell of when it is a POST or its preflight, and no host takes it', async () => {
    const onReject = vi.fn();
    const collector = collect({ onReject });
    const path = '//api/v1/sessions';
    for (const method of ['GET', 'OPTIONS', 'POST']) collector.decline({ ...startCall(), method, path });
    for (const asked of ['GET', 'POST']) {
      const headers = { 'access-control-request-method': asked };
      collector.decline(call(path, undefined, { method: 'OPTIONS', headers }));
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
    await vi.waitFor(() => expect(onReject).toHaveBeenCalledOnce());
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
    ['too-large', 413, undefined],
    ['aborted', 400, /connection ended/],
    ['consumed', 400, /mount/],
    ['form', 400, /form/],
  ] as const)('whose body is %s gets %d', async (fault, status, reason) => {
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

  it('is for the 404 of another path too, or a browser would blame CORS for it', () => {
    const lost = { ...startCall(), path: '/sessions' };
    expect(collect().decline(lost).headers).toMatchObject({ 'Access-Control-Allow-Origin': '*', ...rest });
    expect(collect({ cors: false }).decline(lost).headers).not.toHaveProperty('Access-Control-Allow-Origin');
  });

  it('switched off sends nothing, and leaves OPTIONS to the host or, without one, answers it plainly', async () => {
    expect(await corsOf({ cors: false })).toEqual({});
    const collector = collect({ cors: false });
    const preflight = call('/api/v1/sessions', undefined, { method: 'OPTIONS' });
    expect(await collector.handle(preflight)).toBeUndefined();
    expect(collector.decline(preflight)).toEqual({ status: 204, headers: { Allow: 'OPTIONS, POST' } });
  });
});

describe('hooks', () => {
  it('hear of starts, events and refusals after the reply', async () => {
    const told: unknown[] = [];
    const collector = collect({
      now: () => 1000,
      onSessionStart: ({ session, events }) => told.push(['start', session.sid, events.length]),
      onEvent: ({ sid, event }) => told.push(['event', sid, event.eventType]),
      onReject: (rejection) => told.push(rejection),
    });
    const sid = await startSession(collector);
    const path = `/api/v1/sessions/${sid}/events`;
    await collector.handle(call(path, events.ping));
    await collector.handle(call(path, { eventType: 'ping' }));
    await collector.handle(call(path, '{"a":'));
    await collector.handle(call('/api/v1/sessions', undefined, { method: 'GET' }));
    expect(told).toEqual([]);
    await collector.close();
    expect(told).toEqual([
      ['start', sid, 1],
      ['event', sid, 'ping'],
      expect.objectContaining({
        method: 'POST',
        path,
        status: 400,
        message: 'Request had improper format.',
        errors: [{ path: '$.playerTime', reason: 'Missing required field' }],
        body: { eventType: 'ping' },
      }),
      expect.objectContaining({ status: 400, body: '{"a":' }),
      expect.objectContaining({ status: 405, errors: [], body: undefined }),
    ]);
  });

  it.each([
    ['unreadable', '/api/v1/sessions', '{'],
    ['missing-field', '/api/v1/sessions', { eventType: 'sessionStart', params: 'wrong too' }],
    ['unknown-field', '/api/v1/sessions/nobody/events', { ...events.ping, made: 'up' }],
    ['wrong-value', '/api/v1/sessions', { ...start, playerTime: 'now' }],
    ['wrong-value', '/api/v1/sessions', { ...start, eventType: 'pong' }],
    ['wrong-value', '/api/v1/downloaded', {}],
    ['misplaced-event', '/api/v1/downloaded', [start, start]],
    ['unknown-session', '/api/v1/sessions/nobody/events', events.ping],
    ['body-too-large', '/api/v1/sessions', new BodyUnreadable('too-large')],
    ['session-too-long', '/api/v1/sessions/{sid}/events', events.ping],
    ['failed', '/api/v1/sessions', new Error('no body')],
    ['unavailable', '/api/v1/sessions', new StoreUnavailable('no store')],
  ])('hear in a word why a call was refused: %s', async (kind, path, body) => {
    const told: unknown[] = [];
    const collector = collect({
      validation: kind === 'unknown-field' ? 'strict' : 'standard',
      maxSessionLength: 1,
      onReject: ({ kind }) => told.push(kind),
      onError: () => {},
    });
    const to = path.replace('{sid}', await startSession(collector));
    await collector.handle(call(to, events.ping)); // fills a session, and is refused anywhere else
    told.length = 0;
    await collector.handle({
      ...call(to, body),
      body: () => (body instanceof Error ? Promise.reject(body) : Promise.resolve(body)),
    });
    await vi.waitFor(() => expect(told.at(-1)).toBe(kind));
  });

  it('that throw, reject or never end reach onError and nobody else', async () => {
    const onError = vi.fn();
    const collector = collect({
      onSessionStart: () => {
        throw new Error('start hook');
      },
      onEvent: () => Promise.reject(new Error('event hook')),
      onReject: () => new Promise(() => {}),
      onError,
    });
    const sid = await startSession(collector);
    expect((await collector.handle(call(`/api/v1/sessions/${sid}/events`, events.ping)))?.status).toBe(204);
    expect((await collector.handle(call('/api/v1/sessions', {})))?.status).toBe(400);
    await vi.waitFor(() => expect(onError).toHaveBeenCalledTimes(2));
    expect(onError.mock.calls.map(([{ during, error }]) => [during, error.message])).toEqual([
      ['onSessionStart', 'start hook'],
      ['onEvent', 'event hook'],
    ]);
    open.pop(); // its hook never ends, so that it never closes
  });

  it('have their last resort in the log when onError itself fails', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    const collector = collect({
      onEvent: () => {
        throw new Error('hook');
      },
      onError: () => {
        throw new Error('onError');
      },
    });
    await collector.handle(call(`/api/v1/sessions/${await startSession(collector)}/events`, events.ping));
    await collector.close();
    expect(log).toHaveBeenCalledWith(expect.stringContaining('onError failed'), new Error('onError'));
    log.mockRestore();
  });
});

describe('observers', () => {
  it('hear of starts, events and refusals before the reply, until they are let go', async () => {
    const told: unknown[] = [];
    const collector = collect();
    const letGo = collector.observe({
      onSessionStart: ({ session }) => told.push(['start', session.sid]),
      onEvent: ({ sid, event }) => told.push(['event', sid, event.eventType]),
      onReject: ({ status, more, text }) => told.push(['refused', status, more, text]),
    });
    const sid = await startSession(collector);
    expect(told).toEqual([['start', sid]]);
    await collector.handle(call(`/api/v1/sessions/${sid}/events`, events.ping));
    await collector.handle(call('/api/v1/downloaded', `[${'{},'.repeat(59)}{}]`));
    expect(told.slice(1)).toEqual([
      ['event', sid, 'ping'],
      ['refused', 400, expect.any(Number), `[${'{},'.repeat(59)}{}]`],
    ]);
    letGo();
    await startSession(collector);
    expect(told).toHaveLength(3);
  });

  it('that throw reach onError, and neither a player nor another observer', async () => {
    const onError = vi.fn();
    const onSessionStart = vi.fn();
    const error = new Error('observer');
    const collector = collect({ onError });
    collector.observe({
      onSessionStart() {
        throw error;
      },
    });
    collector.observe({ onSessionStart });
    expect((await collector.handle(startCall()))?.status).toBe(201);
    expect(onSessionStart).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(onError).toHaveBeenCalledWith({ error, during: 'observer' }));
  });
});

describe('reading back', () => {
  it('gives sessions, one session, its events, and undefined for what is unknown', async () => {
    const collector = collect();
    const sid = await startSession(collector);
    expect((await collector.session(sid))?.sid).toBe(sid);
    expect((await collector.events(sid))?.map(({ event }) => event)).toEqual([start]);
    expect((await collector.sessions({ state: 'open' })).sessions.map((session) => session.sid)).toEqual([sid]);
    expect((await collector.sessions({ state: 'closed' })).sessions).toEqual([]);
    expect([await collector.session('x'), await collector.events('x')]).toEqual([undefined, undefined]);
  });

  it('rejects a query that makes no sense', async () => {
    const collector = collect();
    await expect(collector.sessions({ limit: 0 })).rejects.toThrow('limit must be a whole number from 1 to 1000');
    await expect(collector.sessions({ state: 'old' as 'open' })).rejects.toThrow("state must be 'open' or 'closed'");
    // @ts-expect-error: it is state, and all sessions would be taken for the open ones
    await expect(collector.sessions({ staet: 'open' })).rejects.toThrow('sessions: there is no option staet');
    await expect(collector.sessions({ cursor: 'x' })).rejects.toThrow('cursor');
  });
});

describe('close', () => {
  it('closes the store it made, and not the one it was handed', async () => {
    const store = { ...memoryStore(), close: vi.fn(async () => {}) };
    await collect({ store }).close();
    expect(store.close).not.toHaveBeenCalled();
  });
});

describe('report', () => {
  it('tells what the viewer did so far, and undefined of an unknown session', async () => {
    let now = 1_768_471_260_000;
    const collector = collect({ now: () => now });
    const sid = await startSession(collector);
    const send = async (event: object, playhead: number) => {
      const playerTime = { playhead, ts: now };
      await collector.handle(call(`/api/v1/sessions/${sid}/events`, { ...event, playerTime }));
    };
    await send(events.play, 0);
    now += 10_000;
    await send(events.ping, 10);
    now += 3_000;
    expect(await collector.report(sid)).toMatchObject({
      sid,
      open: true,
      asOf: now,
      sessionDetails: { isPlayed: true, timePlayed: 10, secondsSinceLastCall: 3 },
    });
    now -= 5_000; // as the clock of another process may be, which shares the store
    expect(await collector.report(sid)).toMatchObject({ eventCount: 3, asOf: now + 2_000 });
    now += 605_000;
    expect(await collector.report(sid)).toMatchObject({ open: false, closeReason: 'idle' });
    expect(await collector.report('x')).toBeUndefined();
  });
});
