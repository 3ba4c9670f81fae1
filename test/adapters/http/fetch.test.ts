import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { sessionsHandler } from '../../../adapters/http/fetch.ts';
import { type Collector, type CollectorOptions, createCollector } from '../../../src/index.ts';
import { conformance, type Target } from '../../../src/testing/conformance/conformance.ts';
import { start } from '../../../src/testing/conformance/samples.ts';
import { eventually } from '../../support/eventually.ts';

const ORIGIN = 'https://tracking.example';
const SESSIONS = '/api/v1/sessions';

describe('fetch with bare Request objects', () => {
  let now = Date.now(); // stands still unless it is moved
  const collector = createCollector({ now: () => now, edge: true });
  const handler = sessionsHandler(collector, { prefix: '/media' });
  afterAll(() => collector.close());
  const target: Target = {
    url: `${ORIGIN}/media`,
    collector,
    advance(ms) {
      now += ms;
    },
    async send({ method = 'POST', path, headers = { 'content-type': 'application/json' }, body = null }) {
      const request = new Request(`${ORIGIN}/media${path}`, { method, headers, body });
      const response = await handler(request);
      if (method === 'HEAD') expect(response.body).toBe(null);
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
    },
    cors: 'api',
    hostParses: [],
    otherPaths: 'api',
    headerNames: 'own',
    refusesBadUrls: false,
  };

  conformance(it, () => target, { http1: false, edge: true });
});

describe('the fetch handler', () => {
  const collectors: Collector[] = [];
  afterEach(async () => {
    await Promise.all(collectors.splice(0).map((collector) => collector.close()));
  });

  function collect(options?: CollectorOptions): Collector {
    const collector = createCollector(options);
    collectors.push(collector);
    return collector;
  }

  const startRequest = (body: string | ReadableStream = JSON.stringify(start), headers: Record<string, string> = {}) =>
    new Request(ORIGIN + SESSIONS, { method: 'POST', body, headers, duplex: 'half' });

  async function reasonOf(response: Response): Promise<string> {
    expect(response.status).toBe(400);
    return ((await response.json()) as { errors: { reason: string }[] }).errors[0]?.reason ?? '';
  }

  it("gives undefined for what is not the API's when it is to pass it through, else a 404", async () => {
    const collector = collect({ cors: false });
    const foreign = [
      new Request(`${ORIGIN}/`),
      new Request(`${ORIGIN}/api/v1/sessions/abc`),
      new Request(ORIGIN + SESSIONS, { method: 'OPTIONS' }),
    ];
    for (const request of foreign) {
      expect(await sessionsHandler(collector, { passThrough: true })(request)).toBe(undefined);
    }
    const answers = await Promise.all(foreign.map((request) => sessionsHandler(collector)(request)));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 204]);
  });

  it('serves only what is below its prefix', async () => {
    const handler = sessionsHandler(collect(), { prefix: '/media/v2' });
    const statusOf = async (path: string) =>
      (await handler(new Request(ORIGIN + path, { method: 'POST', body: JSON.stringify(start) }))).status;
    expect(await statusOf(`/media/v2${SESSIONS}?a=/b#c`)).toBe(201);
    for (const path of [SESSIONS, `/media${SESSIONS}`, `/media/v22${SESSIONS}`, `/x/media/v2${SESSIONS}`]) {
      expect(await statusOf(path)).toBe(404);
    }
    expect((await handler(new Request(ORIGIN + SESSIONS, { method: 'OPTIONS' }))).status).toBe(404);
    const odd = sessionsHandler(collect(), { prefix: '/médias' });
    expect((await odd(new Request(`${ORIGIN}/médias${SESSIONS}`, { method: 'POST', body: '{}' }))).status).toBe(400);
    for (const prefix of ['media', '/media/', '/', '/a?b']) {
      expect(() => sessionsHandler(collect(), { prefix })).toThrow(TypeError);
      expect(() => sessionsHandler(collect(), prefix as never)).toThrow('expected an object of options, got string');
    }
  });

  it('says so when the body was read before, or is being read', async () => {
    const handler = sessionsHandler(collect());
    for (const headers of [{}, { 'content-length': '200' }]) {
      const used = startRequest(JSON.stringify(start), headers);
      await used.text();
      expect(await reasonOf(await handler(used))).toMatch(/was read before/);
      const locked = startRequest(JSON.stringify(start), headers);
      locked.body?.getReader();
      expect(await reasonOf(await handler(locked))).toMatch(/was read before/);
    }
  });

  it('reads an endless body up to its limit, and answers 413', async () => {
    let pulled = 0;
    const endless = () =>
      new ReadableStream({
        async pull(controller) {
          await new Promise((resolve) => setTimeout(resolve, 1));
          controller.enqueue(new Uint8Array(1000));
          pulled += 1000;
        },
      });
    const handler = sessionsHandler(collect({ maxBodyBytes: 10_000 }));
    expect((await handler(startRequest(endless()))).status).toBe(413);
    expect(pulled).toBeLessThan(15_000);
    expect((await handler(startRequest(endless(), { 'content-length': '10001' }))).status).toBe(413);
    expect((await handler(startRequest('x'.repeat(10_001), { 'content-length': '1' }))).status).toBe(413);
  });

  it('reads of a body that the host decompresses no more than its limit, whatever length was sent', async () => {
    const bomb = new Blob([new Uint8Array(5_000_000)]).stream().pipeThrough(new CompressionStream('gzip'));
    const sent = startRequest(bomb, { 'content-encoding': 'gzip', 'content-length': '5000' });
    const body = sent.body?.pipeThrough(new DecompressionStream('gzip')) ?? null;
    const handler = sessionsHandler(collect({ maxBodyBytes: 10_000 }));
    const decoded = new Request(sent, { body, duplex: 'half' });
    const arrayBuffer = vi.spyOn(decoded, 'arrayBuffer'); // which would hold all of it
    expect((await handler(decoded)).status).toBe(413);
    expect(arrayBuffer).not.toHaveBeenCalled();
  });

  it('stores nothing of a body that breaks off', async () => {
    const collector = collect();
    const handler = sessionsHandler(collector);
    for (const headers of [{}, { 'content-length': '200' }]) {
      const broken = new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode(JSON.stringify(start))),
        pull: (controller) => controller.error(new Error('gone')),
      });
      expect(await reasonOf(await handler(startRequest(broken, headers)))).toMatch(/ended before/);
    }
    expect((await collector.sessions()).sessions).toEqual([]);
  });

  it('hands the hooks of a call to waitUntil, wherever the host has it, also when they fail', async () => {
    const done: string[] = [];
    let goOn = () => {};
    const mayGoOn = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const slowly = (name: string) => async () => {
      await mayGoOn;
      done.push(name);
    };
    const handler = sessionsHandler(
      collect({
        onSessionStart: () => Promise.reject(new Error('no')),
        onEvent: slowly('event'),
        onReject: slowly('reject'),
        onError: slowly('error'),
      }),
    );
    const host = {
      works: [] as Promise<unknown>[],
      waitUntil(work: Promise<unknown>) {
        this.works.push(work);
      },
    };
    const env = { SECRET: 'a' };
    const started = await handler(startRequest(), env, host);
    await handler(startRequest('{}'), host);
    const events = `${ORIGIN}${started.headers.get('location')}/events`;
    const ping = { eventType: 'ping', playerTime: { playhead: 1, ts: 1 } };
    await handler(new Request(events, { method: 'POST', body: JSON.stringify(ping) }), undefined, host);

    expect(done).toEqual([]);
    goOn();
    await Promise.all(host.works);
    expect(done.sort()).toEqual(['error', 'event', 'reject']);
  });

  it('answers as ever where the host refuses to wait, and says so to onError', async () => {
    const onEvent = vi.fn();
    const onError = vi.fn();
    const handler = sessionsHandler(collect({ onEvent, onError }));
    const host = {
      waitUntil() {
        throw new Error('The response is gone');
      },
    };
    const started = await handler(startRequest(), host);
    expect(started.status).toBe(201);
    const events = `${ORIGIN}${started.headers.get('location')}/events`;
    const ping = JSON.stringify({ eventType: 'ping', playerTime: { playhead: 1, ts: 1 } });
    expect((await handler(new Request(events, { method: 'POST', body: ping }), host)).status).toBe(204);
    await eventually(() => expect(onEvent).toHaveBeenCalledOnce());
    await eventually(() => expect(onError).toHaveBeenCalled());
    expect(new Set(onError.mock.calls.map(([{ during }]) => during))).toEqual(new Set(['waitUntil']));
  });

  it('looks for closed sessions when it is called, where timers end with the response', async () => {
    let ahead = 0;
    const onSessionClose = vi.fn(async () => {
      throw new Error('no');
    });
    const onError = vi.fn();
    const now = () => 1e12 + ahead;
    const handler = sessionsHandler(collect({ now, onSessionClose, onError, sweepInterval: 100_000 }));
    const works: Promise<unknown>[] = [];
    const host = { waitUntil: (work: Promise<unknown>) => works.push(work) };
    await handler(startRequest(), host);
    ahead = 600_000;
    await handler(new Request(ORIGIN), host);
    await Promise.all(works);
    expect(onSessionClose).toHaveBeenCalledOnce();
    expect(onError).toHaveBeenCalledOnce();

    const looks = works.length;
    ahead += 99_999;
    await handler(new Request(ORIGIN), host);
    expect(works).toHaveLength(looks);
  });

  it('can be made where timers are forbidden, and then looks for closed sessions with each call', async () => {
    let ahead = 0;
    const onSessionClose = vi.fn();
    vi.stubGlobal('setInterval', () => {
      throw new Error('Disallowed operation called within global scope.');
    });
    const handler = sessionsHandler(collect({ now: () => 1e12 + ahead, onSessionClose, sweepInterval: 100_000 }));
    vi.unstubAllGlobals();
    await handler(startRequest());
    ahead = 600_000;
    await handler(new Request(ORIGIN));
    await eventually(() => expect(onSessionClose).toHaveBeenCalledOnce());
  });

  it('leaves out the basePath of Next, which URLs have on the edge and not on Node', async () => {
    const handler = sessionsHandler(collect());
    for (const basePath of ['/base', '']) {
      const request = new Request(`${ORIGIN}${basePath}${SESSIONS}`, { method: 'POST', body: JSON.stringify(start) });
      const asNextHasIt = Object.assign(request, { nextUrl: { pathname: SESSIONS, basePath: '/base' } });
      expect((await handler(asNextHasIt)).status).toBe(201);
    }
  });

  it('fails to be made with a wrong option', () => {
    expect(() => sessionsHandler({ validation: 'loose' } as object)).toThrow(TypeError);
  });
});
