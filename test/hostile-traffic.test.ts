import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sessionsMiddleware } from '../adapters/http/node.ts';
import { createCollector } from '../src/collector/collector.ts';
import { createInspector } from '../src/inspector/inspector.ts';
import { events, start } from '../src/testing/conformance/samples.ts';
import { type HostileRequest, hostileRequests, sendHostile } from './support/hostile-requests.ts';
import { startProcessClock } from './support/stores/process-clock.ts';

/** How many requests are under way at a time. */
const CLIENTS = 8;
/** How long a good client may wait, in milliseconds: 250, and the work of the hostile ones, who are in the same process. */
const MAX_WAIT = 1000;

const name = (count: number) =>
  `${count} requests of any bytes are answered or refused, what was accepted is kept, and others do not wait`;
it(name(100), () => checkHostile(100));
it(name(1000), { tags: ['long'] }, () => checkHostile(1000));

async function checkHostile(count: number): Promise<void> {
  const failures: unknown[] = [];
  const collector = createCollector({ onError: ({ error }) => failures.push(error) });
  const inspector = sessionsMiddleware(createInspector({ collector }), { prefix: '/inspect' });
  const api = sessionsMiddleware(collector);
  const server = createServer((req, res) => api(req, res, () => inspector(req, res)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // of a TCP server
  const url = `http://127.0.0.1:${port}`;
  const post = (path: string, body: unknown) => fetch(url + path, { method: 'POST', body: JSON.stringify(body) });
  const opened = (await post('/api/v1/sessions', start)).headers.get('location') ?? '';

  /** By its sid, how many events were acknowledged of each session. */
  const acknowledged = new Map([[sidOf(opened), 1]]);
  const requests = fc.sample(hostileRequests, { seed: 20_260_115, numRuns: count });
  const processTime = startProcessClock();
  let longestWait = 0;
  let isOver = false;

  async function good(): Promise<void> {
    while (!isOver) {
      const sent = processTime();
      expect((await post(`${opened}/events`, events.ping)).status).toBe(204);
      longestWait = Math.max(longestWait, processTime() - sent);
      acknowledged.set(sidOf(opened), (acknowledged.get(sidOf(opened)) ?? 0) + 1);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async function hostile(): Promise<void> {
    for (let request = requests.pop(); request !== undefined; request = requests.pop()) {
      const sids = [...acknowledged.keys()].slice(1);
      const sid = sids[request.body.length % Math.max(1, sids.length)] ?? 'nobody';
      const { status, location } = await sendHostile(port, request.path ?? pathOf(request, sid), request);
      if (status !== 'ended')
        expect(status, JSON.stringify({ ...request, body: String(request.body).slice(0, 500) })).toBeLessThan(500);
      if (status === 201 && location !== undefined) acknowledged.set(sidOf(location), eventCountOf(request));
      if (status === 204 && request.method === 'POST') acknowledged.set(sid, (acknowledged.get(sid) ?? 0) + 1);
    }
  }

  const watching = good();
  await Promise.all(Array.from({ length: CLIENTS }, hostile)).finally(() => {
    isOver = true;
  });
  await watching;
  expect(longestWait).toBeLessThan(MAX_WAIT);
  expect(failures).toEqual([]);
  expect(acknowledged.size).toBeGreaterThan(count / 20);

  for (const [sid, atLeast] of acknowledged) {
    const kept = (await collector.events(sid))?.length ?? 0;
    expect(kept, sid).toBeGreaterThanOrEqual(atLeast); // an answer may have come too late for a client that left
    expect((await collector.report(sid))?.eventCount).toBe(kept);
    expect((await fetch(`${url}/inspect/api/sessions/${sid}`)).status).toBe(200);
    expect((await fetch(`${url}/inspect/api/sessions/${sid}/events?limit=5`)).status).toBe(200);
  }
  server.closeAllConnections();
  server.close();
  await collector.close();
}

function pathOf({ target }: HostileRequest, sid: string): string {
  switch (target) {
    case 'start':
      return '/api/v1/sessions';
    case 'event':
      return `/api/v1/sessions/${sid}/events`;
    case 'downloaded':
      return '/api/v1/downloaded';
    case 'other':
      return '/api/v1';
  }
}

function sidOf(location: string): string {
  return location.split('/')[4] ?? '';
}

/** How many events a body has that was accepted. */
function eventCountOf({ body }: HostileRequest): number {
  const value: unknown = JSON.parse(
    Buffer.from(body)
      .toString()
      .replace(/^\ufeff/, ''),
  );
  return Array.isArray(value) ? value.length : 1;
}
