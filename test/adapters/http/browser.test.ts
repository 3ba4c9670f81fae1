import { createServer } from 'node:http';
import hostCors from 'cors';
import express from 'express';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sessionsMiddleware } from '../../../adapters/http/express.ts';
import { type Collector, type CollectorOptions, createCollector } from '../../../src/index.ts';
import { start } from '../../../src/testing/conformance/samples.ts';
import { eventually } from '../../support/eventually.ts';
import { listen } from '../../support/hosts/serve-host.ts';
import { launch } from '../../support/inspector/browser.ts';
import { CHROMIUM, isMissing } from '../../support/requirements.ts';

/** What a page sends, beside its body: an option of `fetch`. */
type Sent = Pick<RequestInit, 'credentials' | 'headers'>;

describe.skipIf(isMissing(CHROMIUM))('a page of another origin, in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let origin: string;
  const closing: (() => unknown)[] = [];

  beforeAll(async () => {
    browser = await launch();
    const site = createServer(
      (_req, res) => void res.setHeader('Content-Type', 'text/html').end('<title>player</title>'),
    );
    origin = (await listen(site)).replace('127.0.0.1', 'localhost');
    page = await browser.newPage();
    await page.goto(origin);
    return () => void site.close();
  });
  afterAll(() => browser.close());
  afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

  /** Serves an API in an app of Express, after what the host has there. */
  async function serve(
    options: CollectorOptions,
    ...host: express.RequestHandler[]
  ): Promise<{ url: string; api: Collector }> {
    const api = createCollector(options);
    const app = express().use(...host, sessionsMiddleware(api));
    const server = createServer(app);
    closing.push(
      () => api.close(),
      () => server.closeAllConnections(),
      () => server.close(),
    );
    return { url: `${await listen(server)}/api/v1/sessions`, api };
  }

  /** Starts a session by `fetch`. Gives the Location that the page may read, or why it could not send. */
  const startIn = (url: string, sent: Sent = {}) =>
    page.evaluate(
      ([url, body, sent]) =>
        fetch(url, {
          method: 'POST',
          body,
          ...sent,
          headers: { 'Content-Type': 'application/json', ...sent.headers },
        }).then(
          (response) => response.headers.get('Location'),
          (error) => String(error),
        ),
      [url, JSON.stringify(start), sent] as const,
    );

  /** Sends a start as a beacon of a type. */
  const beacon = (url: string, type: string) =>
    page.evaluate(`navigator.sendBeacon('${url}', new Blob(['${JSON.stringify(start)}'], { type: '${type}' }))`);

  const count = async (api: Collector) => (await api.sessions()).sessions.length;
  const LOCATION = /^\/api\/v1\/sessions\/[0-9a-f]{64}$/;
  const BLOCKED = 'TypeError: Failed to fetch';

  it('starts a session, and reads where it is', async () => {
    expect(await startIn((await serve({})).url)).toMatch(LOCATION);
  });

  it('adds the headers of tracing libraries, once they are allowed', async () => {
    const headers = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', baggage: 'a=b' };
    expect(await startIn((await serve({})).url, { headers })).toBe(BLOCKED);
    const named = await serve({ cors: { allowedHeaders: ['traceparent', 'baggage'] } });
    expect(await startIn(named.url, { headers })).toMatch(LOCATION);
    expect(await startIn((await serve({ cors: { allowedHeaders: ['*'] } })).url, { headers })).toMatch(LOCATION);
  });

  it('sends cookies, where its origin is named and credentials are taken', async () => {
    const credentials = 'include';
    expect(await startIn((await serve({})).url, { credentials })).toBe(BLOCKED);
    const { url } = await serve({ cors: { origin: [origin], credentials: true, allowedHeaders: ['traceparent'] } });
    expect(await startIn(url, { credentials, headers: { traceparent: 'a' } })).toMatch(LOCATION);
    const other = await serve({ cors: { origin: ['https://other.example'], credentials: true } });
    expect(await startIn(other.url, { credentials })).toBe(BLOCKED);
  });

  it('sends a beacon of JSON, where credentials are taken, and one of text anywhere', async () => {
    const open = await serve({});
    await beacon(open.url, 'application/json');
    await beacon(open.url, 'text/plain');
    await eventually(async () => expect(await count(open.api)).toBe(1));
    const named = await serve({ cors: { origin, credentials: true } });
    await beacon(named.url, 'application/json');
    await eventually(async () => expect(await count(named.api)).toBe(1));
    expect(await count(open.api)).toBe(1);
  });

  it("reads Location through a host's own cors(), with the API's off, only if that exposes it", async () => {
    const silent = await serve({ cors: false }, hostCors());
    expect(await startIn(silent.url)).toBe(null);
    const exposing = await serve({ cors: false }, hostCors({ exposedHeaders: ['Location'] }));
    expect(await startIn(exposing.url)).toMatch(LOCATION);
  });

  it("reads Location with both on, by the API's own headers, which take the place of the host's", async () => {
    expect(await startIn((await serve({}, hostCors())).url)).toMatch(LOCATION);
    const lax = hostCors({ origin: true, credentials: true });
    expect(await startIn((await serve({}, lax)).url, { credentials: 'include' })).toBe(BLOCKED); // by the API's '*'
    const { url } = await serve({ cors: { origin, credentials: true } }, lax);
    expect(await startIn(url, { credentials: 'include' })).toMatch(LOCATION);
  });
});
