import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Collector, type CollectorOptions, memoryStore, type Reply } from '../../../src/index.ts';
import { StoreUnavailable } from '../../../src/session/store.ts';
import { DATASTREAM, edgeEvent } from '../../../src/testing/conformance/edge-samples.ts';
import { call, closeAll, collect } from '../../support/collector.ts';
import { sidIn } from '../../support/edge-recordings.ts';
import { eventually } from '../../support/eventually.ts';

afterEach(closeAll);

const requestId = '5fdb8a1a-3f9c-4b3e-8a93-9b7f4e4c6c7d';
const edge = (options: CollectorOptions = {}) => collect({ edge: true, ...options });
const pathTo = (type: string, id = '') => `/ee/va/v1/${type}?configId=${DATASTREAM}${id && `&requestId=${id}`}`;
const interact = `/ee/v1/interact?configId=${DATASTREAM}&requestId=${requestId}`;
const body = (...events: unknown[]) => ({ events });

const post = (collector: Collector, path: string, sent: unknown, headers: Record<string, string> = {}) =>
  Promise.resolve(collector.handle(call(path, sent, { headers }))) as Promise<Reply>; // each path is one it has

const sidOf = ({ body: json }: Reply): string => sidIn(json);

async function start(collector: Collector, id?: string): Promise<string> {
  return sidOf(await post(collector, pathTo('sessionStart', id), body(edgeEvent('sessionStart'))));
}

const typesIn = async (collector: Collector, sid: string) =>
  (await collector.events(sid))?.map(({ event }) => event.eventType);

describe('the Media Edge API', () => {
  it('is not there unless it is asked for', () => {
    const collector = collect();
    expect(collector.handle(call(pathTo('sessionStart'), body(edgeEvent('sessionStart'))))).toBeUndefined();
    expect(collector.roots).not.toContain('/ee');
    expect(edge().roots).toEqual(expect.arrayContaining(['/ee', '/ee-pre-prd', '/api/v1/sessions']));
  });

  it('opens a session and takes its events, beside the other API', async () => {
    const collector = edge();
    const reply = await post(collector, pathTo('sessionStart', requestId), body(edgeEvent('sessionStart')));
    const sid = sidOf(reply);
    expect(sid).toMatch(/^[0-9a-f]{64}$/);
    expect(reply).toMatchObject({
      status: 200,
      body: `{"requestId":"${requestId}","handle":[{"payload":[{"sessionId":"${sid}"}],"type":"media-analytics:new-session","eventIndex":0}]}`,
    });
    const answer = await post(collector, `/ee/or2/va/v1/play?configId=${DATASTREAM}`, body(edgeEvent('play', sid)));
    expect(answer.status).toBe(204);
    expect(answer.body).toBeUndefined();
    expect(await typesIn(collector, sid)).toEqual(['sessionStart', 'play']);
    expect((await collector.session(sid))?.edge).toEqual({ datastream: DATASTREAM });
  });

  it('makes a request id where there is none, or none that it repeats', async () => {
    for (const query of ['', `&requestId=${'x'.repeat(65)}`, '&requestId=%22%3E']) {
      const { body: json = '' } = await post(edge(), pathTo('sessionStart') + query, body(edgeEvent('sessionStart')));
      expect(JSON.parse(json).requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    }
  });

  it('takes every start of the Web SDK, and its other events too, where it asks for everything', async () => {
    const collector = edge();
    const started = await post(collector, interact, body(edgeEvent('sessionStart')));
    const play = await post(collector, interact, body(edgeEvent('play', sidOf(started))));
    expect([play.status, play.body]).toEqual([200, `{"requestId":"${requestId}","handle":[]}`]);
    const beacon = interact.replace('interact', 'collect');
    const end = await post(collector, beacon, body(edgeEvent('sessionEnd', sidOf(started))));
    expect([end.status, end.body]).toEqual([204, undefined]);
    expect((await post(collector, beacon, body(edgeEvent('sessionStart')))).status).toBe(204);
    expect(await typesIn(collector, sidOf(started))).toEqual(['sessionStart', 'play', 'sessionEnd']);
  });

  it('takes downloaded sessions', async () => {
    const collector = edge();
    const mediaDownloadedEvents = ['sessionStart', 'play'].map((type) => ({
      mediaEventType: `media.${type}`,
      mediaEventTimestamp: '2026-01-15T10:01:00.000Z',
      mediaCollection: edgeEvent(type as 'play').xdm.mediaCollection,
    }));
    const whole = { xdm: { eventType: 'media.downloaded', mediaDownloadedEvents } };
    const { status, body: json = '' } = await post(collector, pathTo('downloaded'), body(whole, whole));
    expect(status).toBe(200);
    const handles: { payload: { sessionId: string }[]; eventIndex: number }[] = JSON.parse(json).handle;
    expect(handles.map(({ eventIndex }) => eventIndex)).toEqual([0, 1]);
    for (const { payload } of handles) {
      const sid = payload[0]?.sessionId ?? '';
      expect(await typesIn(collector, sid)).toEqual(['sessionStart', 'play']);
      expect((await collector.session(sid))?.closeReason).toBe('downloaded');
    }
    const wrong = await post(collector, pathTo('downloaded'), body(whole, { xdm: { eventType: 'media.downloaded' } }));
    expect([wrong.status, JSON.parse(wrong.body ?? '').errors[0].report.eventIndex]).toEqual([207, 1]);
    expect((await collector.sessions()).sessions).toHaveLength(2);
  });

  it('keeps an update of states as the events it is', async () => {
    const store = memoryStore();
    const append = vi.fn(store.append);
    const collector = edge({ store: { ...store, append } });
    const sid = await start(collector);
    expect((await post(collector, pathTo('statesUpdate'), body(edgeEvent('statesUpdate', sid)))).status).toBe(204);
    expect(append).toHaveBeenCalledOnce(); // all or none
    expect(await typesIn(collector, sid)).toEqual(['sessionStart', 'stateEnd', 'stateStart']);
  });

  it('keeps all of a request that is for several sessions, or nothing of it', async () => {
    const collector = edge();
    const [one, two] = [await start(collector), await start(collector)];
    const both = await post(collector, pathTo('play'), body(edgeEvent('play', one), edgeEvent('ping', two)));
    expect(both.status).toBe(204);
    const nobody = 'f'.repeat(64);
    for (const foreign of [nobody, 'not an id']) {
      const some = body(edgeEvent('play', one), edgeEvent('ping', foreign), edgeEvent('sessionStart'));
      expect((await post(collector, interact, some)).status).toBe(404);
    }
    expect(await typesIn(collector, one)).toEqual(['sessionStart', 'play']);
    expect((await collector.sessions()).sessions).toHaveLength(2);
  });

  it('refuses a start with 207 and anything else with 400, by paths of XDM', async () => {
    const onReject = vi.fn();
    const collector = edge({ onReject });
    const wrong = await post(collector, pathTo('sessionStart', requestId), body({ xdm: {} }));
    expect([wrong.status, JSON.parse(wrong.body ?? '').errors[0].report.details[0].name]).toEqual([
      207,
      '$.xdm.eventType',
    ]);
    const event = await post(collector, pathTo('play'), body(edgeEvent('play')));
    expect([event.status, JSON.parse(event.body ?? '').report.details]).toEqual([
      400,
      [{ name: '$.events[0].xdm.mediaCollection.sessionID', reason: 'Missing required field' }],
    ]);
    expect((await post(collector, pathTo('sessionStart'), {})).status).toBe(400);
    expect((await post(collector, pathTo('sessionStart'), '{')).status).toBe(400);
    expect((await post(collector, '/ee/va/v1/sessionStart', body(edgeEvent('sessionStart')))).body).toContain(
      'EXEG-0002',
    );
    await eventually(() => expect(onReject).toHaveBeenCalledTimes(5));
    expect(onReject.mock.calls[0]?.[0]).toMatchObject({
      method: 'POST',
      path: '/ee/va/v1/sessionStart',
      status: 207,
      code: 'missing-field',
    });
  });

  it('answers 404 for a session that is unknown or closed, and says which on this side', async () => {
    let now = 1_000_000;
    const onReject = vi.fn();
    const collector = edge({ now: () => now, onReject });
    const sid = await start(collector);
    for (const unknown of ['f'.repeat(64), '%', '']) {
      expect((await post(collector, pathTo('play'), body(edgeEvent('play', unknown)))).status).toBe(404);
    }
    now += 600_000;
    expect((await post(collector, pathTo('play'), body(edgeEvent('play', sid)))).status).toBe(404);
    await eventually(() => expect(onReject).toHaveBeenCalledTimes(4));
    expect(onReject.mock.calls.map(([{ code }]) => code)).toEqual([
      ...Array.from({ length: 3 }, () => 'unknown-session'),
      'closed-session',
    ]);
  });

  it('says no in documents of its own to what the other API says no to', async () => {
    const down = () => Promise.reject(new StoreUnavailable('down'));
    const broken = () => Promise.reject(new Error('secret'));
    const sent = body(edgeEvent('sessionStart'));
    const problems = [
      edge().handle(call(pathTo('play'), undefined, { method: 'GET' })),
      post(edge({ onError: () => {}, store: { ...memoryStore(), create: down } }), interact, sent),
      post(edge({ onError: () => {}, store: { ...memoryStore(), create: broken } }), interact, sent),
    ];
    const replies = await Promise.all(problems);
    expect(
      replies.map((reply) => [reply?.status, reply?.headers['Content-Type'], JSON.parse(reply?.body ?? '').title]),
    ).toEqual([
      [405, 'application/problem+json', 'Method Not Allowed'],
      [503, 'application/problem+json', 'Service Unavailable'],
      [500, 'application/problem+json', 'Internal Server Error'],
    ]);
    expect(replies[0]?.headers['Allow']).toBe('OPTIONS, POST');
    expect(replies[2]?.body).not.toContain('secret');

    const full = edge({ maxSessionLength: 10 });
    const sid = await start(full);
    const ping = () => post(full, pathTo('ping'), body(edgeEvent('ping', sid)));
    expect([(await ping()).status, (await ping()).status]).toEqual([204, 413]);
  });

  it('puts the record between separators for clients that ask for it', async () => {
    const meta = { konductorConfig: { streaming: { recordSeparator: '\0', lineFeed: '\n', enabled: true } } };
    const collector = edge();
    const { body: json } = await post(collector, pathTo('sessionStart'), { meta, ...body(edgeEvent('sessionStart')) });
    expect(json).toMatch(/^\0\{.*\}\n$/);
  });

  it('keeps the token of a debug session, from the header or the query', async () => {
    const collector = edge();
    const sent = () => body(edgeEvent('sessionStart'));
    const header = await post(collector, pathTo('sessionStart'), sent(), { 'x-adobe-aep-validation-token': 'a' });
    const query = await post(collector, `${pathTo('sessionStart')}&adobeAepValidationToken=b`, sent());
    expect((await collector.session(sidOf(header)))?.validationToken).toBe('a');
    expect((await collector.session(sidOf(query)))?.validationToken).toBe('b');
  });

  it('says of an untimed start that it is one', async () => {
    const collector = edge({ now: () => 1_000_000 });
    const { timestamp, ...xdm } = edgeEvent('sessionStart').xdm;
    const sid = sidOf(await post(collector, pathTo('sessionStart'), body({ xdm })));
    expect((await collector.session(sid))?.edge).toEqual({ datastream: DATASTREAM, untimed: true });
    expect((await collector.events(sid))?.[0]?.event.playerTime.ts).toBe(1_000_000);
  });

  it('serves the schemas that it checks', async () => {
    const schema = (type: string) =>
      edge({ validation: 'strict' }).handle(call(`/api/v1/schemas/edge/${type}`, undefined, { method: 'GET' }));
    const reply = await schema('play');
    expect([reply?.status, JSON.parse(reply?.body ?? '').$id]).toEqual([200, 'urn:media-sessions:edge:strict:play']);
    expect(JSON.parse((await schema('downloaded'))?.body ?? '').$id).toMatch(/downloaded$/);
    expect((await schema('stateStart'))?.status).toBe(404);
  });
});

describe('a start that is sent again', () => {
  const named = (id?: string, timestamp?: string) => {
    const { xdm } = edgeEvent('sessionStart');
    return body({ xdm: { ...xdm, ...(timestamp && { timestamp }), ...(id && { _id: id }) } });
  };

  it('opens no second session within ten minutes, by the id of its request or of the event', async () => {
    let now = 1_000_000;
    const collector = edge({ now: () => now });
    const first = sidOf(await post(collector, pathTo('sessionStart', requestId), named('event-1')));
    expect(sidOf(await post(collector, pathTo('sessionStart', requestId), named()))).toBe(first);
    expect(sidOf(await post(collector, pathTo('sessionStart', 'another'), named('event-1')))).toBe(first);
    expect(sidOf(await post(collector, pathTo('sessionStart', 'third'), named('event-2')))).not.toBe(first);
    now += 600_000;
    expect(sidOf(await post(collector, pathTo('sessionStart', requestId), named('event-1')))).not.toBe(first);
  });

  it('is another start where it happened at another time, or has no name', async () => {
    const collector = edge();
    const first = sidOf(await post(collector, pathTo('sessionStart', requestId), named('event-1')));
    const later = named('event-1', '2026-01-15T10:02:00.000Z');
    expect(sidOf(await post(collector, pathTo('sessionStart', requestId), later))).not.toBe(first);
    const unnamed = [await start(collector), await start(collector)];
    expect(new Set([first, ...unnamed]).size).toBe(3);
  });

  it('waits for the first to be stored, and takes its place where that fails', async () => {
    const memory = memoryStore();
    let fails = true;
    const create = vi.fn(async (...args: Parameters<typeof memory.create>) => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (fails) throw new StoreUnavailable('down');
      return memory.create(...args);
    });
    const collector = edge({ store: { ...memory, create }, onError: () => {} });
    const send = () => post(collector, pathTo('sessionStart', requestId), named());
    expect((await Promise.all([send(), send()])).map(({ status }) => status)).toEqual([503, 503]);
    expect(create).toHaveBeenCalledOnce();
    fails = false;
    const [one, two] = await Promise.all([send(), send()]);
    expect(sidOf(one)).toBe(sidOf(two));
    expect(create).toHaveBeenCalledTimes(2);
  });
});

describe('what else the Web SDK asks of its domain', () => {
  it('gets answers that do no harm', async () => {
    const collector = edge();
    const page = body({ xdm: { eventType: 'web.webpagedetails.pageViews' } });
    const nothing = `{"requestId":"${requestId}","handle":[]}`;
    const acquire = interact.replace('interact', 'identity/acquire');
    const consent = interact.replace('interact', 'privacy/set-consent');
    for (const path of [interact, acquire, consent]) {
      const { status, body: json } = await post(collector, path, page);
      expect([status, json]).toEqual([200, nothing]);
    }
    const beacon = await post(collector, interact.replace('interact', 'collect'), page);
    expect([beacon.status, beacon.body]).toEqual([204, undefined]);
  });

  it('gets the consent it gave, where the organisation is known', async () => {
    const collector = edge({ edge: { orgId: '0123@AdobeOrg' } });
    const consent = async (value: object) => {
      const sent = { consent: [{ standard: 'Adobe', version: '1.0', value }] };
      const { body: json = '' } = await post(collector, interact.replace('interact', 'privacy/set-consent'), sent);
      return JSON.parse(json).handle[0].payload[0];
    };
    const key = 'kndctr_0123_AdobeOrg_consent';
    expect(await consent({ general: 'in' })).toMatchObject({ key, value: 'general=in' });
    expect(await consent({ general: 'out' })).toMatchObject({ key, value: 'general=out' });
    expect(await consent({ collect: { val: 'n' } })).toMatchObject({ key, value: 'general=out' });
  });

  it('is found under a path of one own as well', async () => {
    const collector = edge({ edge: { basePath: 'media/ee' } });
    expect((await post(collector, '/media/ee/v1/interact', {})).status).toBe(200);
    expect((await post(collector, '/ee/v1/interact', {})).status).toBe(200);
    expect(collector.roots).toContain('/media/ee');
  });

  it('is told the way where it is lost below those paths', () => {
    const onReject = vi.fn();
    const collector = edge({ onReject });
    const lost = collector.notFound(call('/ee/va/v1/pause', {}));
    expect([lost.status, lost.headers['Content-Type']]).toEqual([404, 'application/problem+json']);
    expect(lost.body).toContain('POST /ee/va/v1/{type}');
    expect(collector.notFound(call('/elsewhere', {})).headers['Content-Type']).toBe('application/json');
  });
});

describe('CORS', () => {
  const origin = 'https://www.player.test';
  const headers = { origin };
  const CREDENTIALS = {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    Vary: 'Origin',
  };

  it('lets any page in with its cookies, refusals too', async () => {
    const collector = edge();
    for (const sent of [body(edgeEvent('sessionStart')), body({ xdm: { eventType: 'media.x' } }), '{']) {
      expect((await post(collector, interact, sent, headers)).headers).toMatchObject(CREDENTIALS);
    }
    const preflight = await collector.handle(call(interact, undefined, { method: 'OPTIONS', headers }));
    expect(preflight).toMatchObject({
      status: 204,
      headers: {
        ...CREDENTIALS,
        'Access-Control-Allow-Methods': 'OPTIONS,POST',
        'Access-Control-Allow-Headers': 'Content-Type',
        'Access-Control-Max-Age': '86400',
      },
    });
    expect((await post(collector, '/api/v1/sessions', {}, headers)).headers['Access-Control-Allow-Origin']).toBe('*');
  });

  it('lets listed pages in, and says nothing to others', async () => {
    const collector = edge({ cors: { origin: [origin] } });
    expect((await post(collector, interact, {}, headers)).headers).toMatchObject(CREDENTIALS);
    const other = await post(collector, interact, {}, { origin: 'https://other.test' });
    expect(other.headers).not.toHaveProperty('Access-Control-Allow-Origin');
    expect(other.headers['Vary']).toBe('Origin');
  });

  it('is left to the host where it is off', async () => {
    const collector = edge({ cors: false });
    expect((await post(collector, interact, {}, headers)).headers).not.toHaveProperty('Vary');
    const preflight = call(interact, undefined, { method: 'OPTIONS', headers });
    expect(collector.handle(preflight)).toBeUndefined();
    expect(collector.notFound(preflight)).toMatchObject({ status: 204, headers: { Allow: 'OPTIONS, POST' } });
  });
});
