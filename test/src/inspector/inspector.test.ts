import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type {
  EventList,
  RejectionList,
  SessionDetail,
  SessionList,
  Totals,
  Viewers,
} from '../../../src/inspector/api.ts';
import { createInspector } from '../../../src/inspector/inspector.ts';
import { memoryStore } from '../../../src/memory-store/memory-store.ts';
import { StoreUnavailable } from '../../../src/session/store.ts';
import { documentedStart, events, start } from '../../../src/testing/conformance/samples.ts';
import { inspected as make, NOW } from '../../support/inspector/inspect.ts';

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

function inspected(...options: Parameters<typeof make>): ReturnType<typeof make> {
  const made = make(...options);
  open.push(() => made.collector.close());
  return made;
}

const eventsPath = (sid: string) => `/api/v1/sessions/${sid}/events`;

describe('the sessions', () => {
  it('are listed newest first, each with what its player said of it', async () => {
    const { post, start: startSession, read, advance } = inspected();
    await post('/api/v1/sessions', documentedStart);
    advance(1000);
    const sid = await startSession({ 'media.length': null });
    const { sessions } = await read<SessionList>('/api/sessions');
    expect(sessions).toEqual([
      {
        sid,
        state: 'open',
        startedAt: NOW + 1000,
        lastEventAt: NOW + 1000,
        deadline: NOW + 601_000,
        mediaId: 'id-1',
        contentType: 'vod',
        length: null,
      },
      expect.objectContaining({
        mediaId: 'MA API Sample Player',
        mediaName: 'ClickMe',
        playerName: 'sample-html5-api-player',
        channel: 'sample-channel',
        visitor: 'user-1',
        sdkVersion: 'va-api-0.0.0',
      }),
    ]);
  });

  it('are told apart by their state', async () => {
    const { start: startSession, read, advance } = inspected();
    const closed = await startSession();
    advance(600_000);
    const still = await startSession();
    const sids = async (state: string) =>
      (await read<SessionList>(`/api/sessions?state=${state}`)).sessions.map(({ sid }) => sid);
    expect(await sids('open')).toEqual([still]);
    expect(await sids('closed')).toEqual([closed]);
    const { sessions } = await read<SessionList>('/api/sessions?state=closed');
    expect(sessions[0]).toMatchObject({ state: 'closed', closeReason: 'idle' });
  });

  it.each([
    ['its id', (sid: string) => sid.slice(5, 20)],
    ['its media', () => 'CLICK'],
    ['its media id', () => 'api sample'],
    ['its player', () => 'html5-API'],
    ['its visitor', () => 'user-1'],
  ])('are found by a part of %s', async (_, wanted) => {
    const { start: startSession, post, read } = inspected();
    await startSession();
    const { headers } = await post('/api/v1/sessions', documentedStart);
    const sid = headers['Location']?.split('/').at(-1) ?? '';
    await startSession();
    const search = encodeURIComponent(wanted(sid));
    expect((await read<SessionList>(`/api/sessions?search=${search}`)).sessions.map(({ sid }) => sid)).toEqual([sid]);
  });

  it('are all met by following the cursors, each once, also in a search that finds few', async () => {
    const { start: startSession, read } = inspected();
    for (let at = 0; at < 450; at++) await startSession({ 'media.name': at % 30 === 0 ? 'rare' : 'usual' });
    const met = async (query: string) => {
      const sids: string[] = [];
      let cursor: string | undefined = '';
      let pages = 0;
      while (cursor !== undefined) {
        const page: SessionList = await read(`/api/sessions?${query}&cursor=${cursor}`);
        sids.push(...page.sessions.map(({ sid }) => sid));
        cursor = page.cursor;
        expect(++pages).toBeLessThan(500);
      }
      expect(new Set(sids).size).toBe(sids.length);
      return sids.length;
    };
    expect(await met('limit=7')).toBe(450);
    expect(await met('limit=7&search=rare')).toBe(15);
    expect(await met('limit=1&search=rare')).toBe(15);
  });

  it('are listed as well when they were stored before the inspector was made', async () => {
    const store = memoryStore();
    const before = inspected({ store });
    const sid = await before.start({ 'media.name': 'Kept' });
    const { read } = inspected({ store });
    expect((await read<SessionList>('/api/sessions?search=kept')).sessions).toEqual([
      expect.objectContaining({ sid, mediaName: 'Kept' }),
    ]);
  });

  it('are read a few at a time, since each may be long', async () => {
    const store = memoryStore();
    const before = inspected({ store });
    for (let count = 0; count < 50; count++) await before.start();
    let reading = 0;
    let most = 0;
    const slow: typeof store = {
      ...store,
      async events(sid) {
        most = Math.max(most, ++reading);
        await setImmediate();
        reading -= 1;
        return store.events(sid);
      },
    };
    const { sessions } = await inspected({ store: slow }).read<SessionList>('/api/sessions');
    expect([sessions.length, most]).toEqual([50, 10]);
  });

  it('show no more of a name than a line has room for', async () => {
    const { start: startSession, read } = inspected();
    await startSession({ 'media.name': 'n'.repeat(100_000) });
    expect((await read<SessionList>('/api/sessions')).sessions[0]?.mediaName).toHaveLength(200);
  });

  it('show no half of a character', async () => {
    const { start: startSession, read } = inspected();
    await startSession({ 'media.name': `${'n'.repeat(199)}😀` });
    expect((await read<SessionList>('/api/sessions')).sessions[0]?.mediaName).toBe('n'.repeat(199));
  });
});

describe('a session', () => {
  it('comes with its report, what made each number, and what was on when', async () => {
    const { start: startSession, post, read, advance } = inspected();
    const sid = await startSession();
    const send = async (eventType: keyof typeof events, seconds: number) => {
      advance(1000);
      const playerTime = { playhead: seconds, ts: start.playerTime.ts + seconds * 1000 };
      expect((await post(eventsPath(sid), { ...events[eventType], playerTime })).status).toBe(204);
    };
    await send('adBreakStart', 0);
    await send('adStart', 0);
    await send('adComplete', 15);
    await send('adBreakComplete', 15);
    await send('play', 15);
    await send('pauseStart', 25);
    await send('play', 30);
    await send('ping', 40);

    const { session, report, explanations, lanes } = await read<SessionDetail>(`/api/sessions/${sid}`);
    expect(session).toMatchObject({ sid, state: 'open' });
    expect(report.sessionDetails).toMatchObject({ timePlayed: 20, pauseTime: 5, adCount: 1, totalTimePlayed: 35 });
    const at = (index: number, seconds: number) => ({ index, ts: start.playerTime.ts + seconds * 1000 });
    expect(explanations['sessionDetails.pauseTime']).toEqual({
      intervals: [{ from: at(6, 25), to: at(7, 30), ms: 5000 }],
      events: [],
    });
    expect(explanations['sessionDetails.adCount']?.events).toEqual([2]);
    expect(lanes.map(({ kind, intervals }) => [kind, intervals.map(({ from, to }) => [from.index, to.index])])).toEqual(
      [
        [
          'content',
          [
            [5, 6],
            [7, 8],
          ],
        ],
        ['adBreak', [[1, 4]]],
        ['ad', [[2, 3]]],
        ['pause', [[6, 7]]],
      ],
    );
    expect(lanes[2]?.intervals[0]).toMatchObject({
      label: 'ad-1',
      field: 'ads[0].advertisingDetails.timePlayed',
      ms: 15_000,
    });
  });

  it('shows breaks that nobody closed up to the next, or to the last event', async () => {
    const { start: startSession, post, read } = inspected();
    const sid = await startSession();
    const at = (event: object, playhead: number) =>
      post(eventsPath(sid), { ...event, playerTime: { playhead, ts: start.playerTime.ts + playhead * 1000 } });
    await at(events.adBreakStart, 1);
    await at(
      { ...events.adBreakStart, params: { ...events.adBreakStart.params, 'media.ad.podFriendlyName': 'Mid' } },
      5,
    );
    await at(events.ping, 9);
    const { lanes } = await read<SessionDetail>(`/api/sessions/${sid}`);
    expect(lanes.find(({ kind }) => kind === 'adBreak')?.intervals).toMatchObject([
      { label: 'Break -1', ms: 4000 },
      { label: 'Mid', ms: 4000 },
    ]);
  });

  it('gives its events from any place on, and tells where to go on', async () => {
    const { start: startSession, post, read } = inspected();
    const sid = await startSession();
    for (let count = 0; count < 5; count++) await post(eventsPath(sid), events.ping);
    const path = `/api/sessions/${sid}/events`;
    const first = await read<EventList>(`${path}?limit=4`);
    expect(first).toMatchObject({ next: 4, more: true });
    expect(first.events[0]).toEqual({ index: 0, event: start, receivedAt: NOW });
    expect(await read<EventList>(`${path}?from=4`)).toMatchObject({ events: [{ index: 4 }, { index: 5 }], next: 6 });
    expect(await read<EventList>(`${path}?from=6`)).toEqual({ events: [], next: 6, more: false });
    await post(eventsPath(sid), events.play);
    expect((await read<EventList>(`${path}?from=6`)).events).toMatchObject([
      { index: 6, event: { eventType: 'play' } },
    ]);
  });

  it('is not sent again while no event comes, once it was quiet', async () => {
    const { start: startSession, post, inspect, advance } = inspected();
    const sid = await startSession();
    for (const path of [`/api/sessions/${sid}`, `/api/sessions/${sid}/events`]) {
      expect((await inspect(path)).headers['ETag']).toBeUndefined(); // another event may come in this millisecond
      advance(5000);
      const { headers } = await inspect(path);
      const again = () => inspect(path, { headers: { 'if-none-match': headers['ETag'] ?? '' } });
      expect((await again()).status).toBe(304);
      await post(eventsPath(sid), events.ping);
      expect((await again()).status).toBe(200);
    }
  });

  it('is sent again when it closes', async () => {
    const { start: startSession, inspect, advance } = inspected();
    const sid = await startSession();
    advance(5000);
    const { headers } = await inspect(`/api/sessions/${sid}`);
    advance(600_000);
    const closed = await inspect(`/api/sessions/${sid}`, { headers: { 'if-none-match': headers['ETag'] ?? '' } });
    expect(JSON.parse(closed.body ?? '')).toMatchObject({ session: { state: 'closed' }, report: { open: false } });
  });

  it('is reported as of its last event where the clock is behind', async () => {
    const { start: startSession, read, advance } = inspected();
    const sid = await startSession();
    advance(-5000);
    expect(await read<SessionDetail>(`/api/sessions/${sid}`)).toMatchObject({ report: { asOf: NOW } });
  });

  it.each(['nobody', '__proto__', '%00', 'a'.repeat(10_000)])('is not found as %s', async (sid) => {
    const { inspect } = inspected();
    expect((await inspect(`/api/sessions/${sid}`)).status).toBe(404);
    expect((await inspect(`/api/sessions/${sid}/events`)).status).toBe(404);
  });
});

describe('rejected calls', () => {
  it('are kept with their body and every reason', async () => {
    const { post, read } = inspected();
    const body = '{ "eventType": "sessionStart", "playerTime": { "playhead": "0", "ts": 1 } }';
    await post('/api/v1/sessions', body);
    const { rejections } = await read<RejectionList>('/api/rejections');
    expect(rejections).toEqual([
      {
        id: 1,
        at: NOW,
        method: 'POST',
        path: '/api/v1/sessions',
        status: 400,
        code: 'missing-field',
        message: 'Request had improper format.',
        errors: expect.arrayContaining([
          { path: '$.playerTime.playhead', reason: expect.any(String) },
          { path: '$.params', reason: expect.any(String) },
        ]),
        body,
      },
    ]);
  });

  it('are kept with what came when it was no JSON', async () => {
    const { post, read } = inspected();
    await post('/api/v1/sessions', '{"eventType":');
    expect((await read<RejectionList>('/api/rejections')).rejections[0]?.body).toBe('{"eventType":');
  });

  it('are listed newest first, page by page, also those of one session alone', async () => {
    const { start: startSession, post, read } = inspected();
    const sid = await startSession();
    for (let count = 0; count < 3; count++) {
      await post(eventsPath(sid), {});
      await post(eventsPath('another'), events.ping);
    }
    const first = await read<RejectionList>('/api/rejections?limit=4');
    expect(first.rejections.map(({ id, status }) => [id, status])).toEqual([
      [6, 404],
      [5, 400],
      [4, 404],
      [3, 400],
    ]);
    const rest = await read<RejectionList>(`/api/rejections?limit=4&cursor=${first.cursor}`);
    expect([rest.rejections.map(({ id }) => id), rest.cursor]).toEqual([[2, 1], undefined]);
    const own = await read<RejectionList>(`/api/rejections?sid=${sid}`);
    expect(own.rejections.map(({ id }) => id)).toEqual([5, 3, 1]);
  });

  it('take no more memory than is set aside, however long their bodies are', async () => {
    const { post, read } = inspected();
    const long = JSON.stringify({ eventType: 'x'.repeat(900_000) });
    for (let count = 0; count < 600; count++) await post('/api/v1/sessions', long);
    let kept = 0;
    let cursor: string | undefined = '';
    while (cursor !== undefined) {
      const page: RejectionList = await read(`/api/rejections?limit=200&cursor=${cursor}`);
      for (const { body, bodyLength } of page.rejections)
        expect([body?.length, bodyLength]).toEqual([65_536, long.length]);
      kept += page.rejections.length;
      cursor = page.cursor;
    }
    expect(kept).toBeGreaterThan(50);
    expect(kept * 65_536).toBeLessThan(8_100_000);
  });

  it('are kept with no more of a method than any has', async () => {
    const { collector, read } = inspected();
    const method = 'X'.repeat(50_000); // of HTTP/2, where it is any text
    const call = { method, path: '/api/v1/sessions', query: () => '', header: () => undefined, body: async () => '' };
    expect((await collector.handle(call))?.status).toBe(405);
    const { rejections } = await read<RejectionList>('/api/rejections');
    expect(rejections.map((rejected) => rejected.method.length)).toEqual([100]);
  });

  it('are kept without the body that a host parsed when it cannot be written as JSON', async () => {
    const { collector, read } = inspected();
    const body: Record<string, unknown> = {};
    body['itself'] = body;
    const call = { method: 'POST', path: '/api/v1/sessions', query: () => '', header: () => undefined };
    await collector.handle({ ...call, body: async () => body });
    expect((await read<RejectionList>('/api/rejections')).rejections[0]).toMatchObject({ status: 400, body: null });
  });
});

describe('totals', () => {
  it('are true at once when a player has its answer', async () => {
    const { start: startSession, post, read } = inspected();
    const sid = await startSession();
    await post(eventsPath(sid), events.play);
    await post(eventsPath(sid), {});
    expect(await read<Totals>('/api/totals')).toEqual({ total: 3, accepted: 2, rejected: 1, since: NOW });
  });

  it('start over on DELETE, and so do rejected calls and the list', async () => {
    const { start: startSession, post, inspect, read, advance } = inspected();
    const old = await startSession();
    await post('/api/v1/sessions', {});
    advance(10);
    expect((await inspect('/api', { method: 'DELETE' })).status).toBe(204);
    const sid = await startSession();
    expect(await read<Totals>('/api/totals')).toEqual({ total: 1, accepted: 1, rejected: 0, since: NOW + 10 });
    expect((await read<RejectionList>('/api/rejections')).rejections).toEqual([]);
    expect((await read<SessionList>('/api/sessions')).sessions.map(({ sid }) => sid)).toEqual([sid]);
    expect((await read<SessionDetail>(`/api/sessions/${old}`)).session.sid).toBe(old); // what is stored stays stored
  });
});

describe('viewers', () => {
  it('are counted for each minute of the last hour', async () => {
    const { start: startSession, post, read, advance } = inspected();
    const minute = 60_000;
    await startSession(); // and nothing more, so that it was watched in that minute alone
    advance(30 * minute);
    const sid = await startSession();
    advance(5 * minute);
    await post(eventsPath(sid), events.sessionEnd);
    advance(10_000);
    await startSession();
    const { from, step, counts, complete } = await read<Viewers>('/api/viewers');
    expect([step, complete, from % minute]).toEqual([minute, true, 0]);
    expect(from + 59 * minute).toBeLessThanOrEqual(NOW + 35 * minute + 10_000);
    const watched = counts.flatMap((count, at) => (count > 0 ? [[at, count]] : []));
    expect([counts.length, watched]).toEqual([
      60,
      [
        [24, 1],
        [54, 1],
        [55, 1],
        [56, 1],
        [57, 1],
        [58, 1],
        [59, 2],
      ],
    ]);
  });

  it('are counted no longer once nothing has come from an open session for a minute', async () => {
    const { start: startSession, read, advance } = inspected();
    await startSession();
    advance(4 * 60_000);
    const { counts } = await read<Viewers>('/api/viewers');
    expect(counts.slice(-5)).toEqual([1, 1, 0, 0, 0]);
  });

  it('are counted again only every few seconds', async () => {
    const { start: startSession, read, advance } = inspected();
    await read<Viewers>('/api/viewers');
    await startSession();
    expect((await read<Viewers>('/api/viewers')).counts.at(-1)).toBe(0);
    advance(5000);
    expect((await read<Viewers>('/api/viewers')).counts.at(-1)).toBe(1);
  });
});

describe('access', () => {
  const authorize = vi.fn((call: { header(name: string): string | undefined }) =>
    Promise.resolve(call.header('authorization') === 'Bearer secret'),
  );
  const paths = [
    '/api/sessions',
    '/api/sessions/x',
    '/api/sessions/x/events',
    '/api/rejections',
    '/api/totals',
    '/api/viewers',
  ];

  it.each(paths)('to %s is rejected without leave', async (path) => {
    const { inspect } = inspected({}, { authorize });
    const { status, headers } = await inspect(path);
    expect([status, headers['WWW-Authenticate']]).toEqual([401, 'Bearer']);
    expect((await inspect(path, { headers: { authorization: 'Bearer secret' } })).status).not.toBe(401);
  });

  it('to starting over is rejected without leave', async () => {
    const { inspect, post, read } = inspected({}, { authorize: ({ method }) => method === 'GET' });
    await post('/api/v1/sessions', {});
    expect((await inspect('/api', { method: 'DELETE' })).status).toBe(401);
    expect((await read<Totals>('/api/totals')).rejected).toBe(1);
  });

  it('to the page, which holds nothing, is free', async () => {
    expect((await inspected({}, { authorize }).inspect('/')).status).toBe(200);
  });

  it('is rejected when the host fails to tell', async () => {
    const onError = vi.fn();
    const error = new Error('no directory');
    const { inspect } = inspected({}, { authorize: () => Promise.reject(error), onError });
    expect((await inspect('/api/totals')).status).toBe(500);
    expect(onError).toHaveBeenCalledWith({ error, during: 'inspector' });
  });
});

describe('the inspector', () => {
  it('serves its page under a policy that lets nothing else run', async () => {
    const { status, headers, body } = await inspected().inspect('/');
    expect([status, headers['Content-Type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers['Content-Security-Policy']).toContain("default-src 'none'");
    expect(headers['Content-Security-Policy']).not.toContain('unsafe');
    expect(body).toContain('<!doctype html>');
  });

  it.each(['/nothing', '/api/nothing', '/api/sessions/a/b', '//'])('lists its endpoints at %s', async (path) => {
    const { status, body = '' } = await inspected().inspect(path);
    expect(status).toBe(404);
    expect(JSON.parse(body).message).toContain('GET, HEAD /api/sessions/{sid}/events');
  });

  it.each([
    ['POST', '/api/sessions', 'GET, HEAD'],
    ['GET', '/api', 'DELETE'],
    ['DELETE', '/api/sessions', 'GET, HEAD'],
    ['OPTIONS', '/api/totals', 'GET, HEAD'],
  ])('answers 405 to %s %s, and what there is to ask', async (method, path, allowed) => {
    const { status, headers, body = '' } = await inspected().inspect(path, { method });
    expect([status, headers['Allow']]).toEqual([405, allowed]);
    expect(JSON.parse(body).message).toMatch(/ GET, HEAD \/api\/sessions;/);
  });

  it.each([
    ['/api/sessions?state=ended', 'state must be open or closed'],
    ['/api/sessions?limit=0', 'limit must be a whole number from 1 to 200'],
    ['/api/sessions?limit=1e2', 'limit must be a whole number from 1 to 200'],
    ['/api/sessions?cursor=nonsense', 'cursor must be the cursor of the page before'],
    ['/api/rejections?cursor=-1', 'cursor must be a whole number from 1 to 1000000000000000'],
    ['/api/sessions/x/events?from=a', 'from must be a whole number from 0 to 1000000000'],
  ])('says what is wrong with %s', async (target, message) => {
    const { status, body = '' } = await inspected().inspect(target);
    expect([status, JSON.parse(body)]).toEqual([400, { message }]);
  });

  it.each(['/', '/api/sessions', '/api/rejections', '/api/totals', '/api/viewers'])(
    'does not send %s again while it is the same',
    async (path) => {
      const { inspect, start: startSession, post, advance } = inspected();
      const { headers } = await inspect(path);
      const again = () => inspect(path, { headers: { 'if-none-match': headers['ETag'] ?? '' } });
      expect(await again()).toMatchObject({ status: 304, headers: { ETag: headers['ETag'] } });
      await startSession();
      await post('/api/v1/sessions', {});
      advance(5000);
      expect((await again()).status).toBe(path === '/' ? 304 : 200);
    },
  );

  it.each([
    [new StoreUnavailable('away'), 503],
    [new Error('bug'), 500],
  ])('answers %s of the store with %i', async (error, status) => {
    const onError = vi.fn();
    const store = { ...memoryStore(), list: () => Promise.reject(error) };
    const { inspect } = inspected({ store }, { onError });
    expect((await inspect('/api/sessions')).status).toBe(status);
    expect((await inspect('/api/viewers')).status).toBe(status);
    expect(onError).toHaveBeenCalledWith({ error, during: 'inspector' });
  });

  it.each([
    [undefined, 'createInspector: give it a collector, { collector }'],
    [{}, 'createInspector: give it a collector, { collector }'],
    [{ collector: {}, path: '/a' }, 'createInspector: give it a collector, { collector }'],
  ])('cannot be made of %o', (options, message) => {
    expect(() => createInspector(options as never)).toThrow(new TypeError(message));
  });

  it('cannot be made with an option it does not know, such as a misspelt authorize', () => {
    const misspelt = { authorise: () => false };
    expect(() => inspected({}, misspelt as never)).toThrow(
      new TypeError('createInspector: there is no option authorise; the options are collector, authorize, onError'),
    );
  });

  it('cannot be made with an onError that is no function', () => {
    expect(() => inspected({}, { onError: 'x' as never })).toThrow('createInspector: onError must be a function');
  });
});
