import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { sqliteStore } from '../../../../adapters/stores/sqlite/store.ts';
import { allEvents } from '../../../../src/session/event-pages.ts';
import { start } from '../../../../src/testing/conformance/samples.ts';
import { type Acknowledged, beginRequest, hammer, post, sidOf } from '../../../support/cli/clients.ts';
import { endAll, runServe, startServe, stop } from '../../../support/cli/serve.ts';
import { eventually } from '../../../support/eventually.ts';
import { listen } from '../../../support/hosts/serve-host.ts';

afterEach(endAll);

/** For what has to end before the time is over, also on a busy machine. */
const PATIENT = ['--shutdown-timeout', '60'];

const body = JSON.stringify(start);
const startRequest = `POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`;

describe('media-sessions serve that is told to stop', () => {
  it('loses nothing that it acknowledged, under load', async () => {
    const server = await startServe(['--reports', 'reports.ndjson', ...PATIENT]);
    const acknowledged: Acknowledged = { events: new Map(), whole: [] };
    const clients = Array.from({ length: 16 }, () => hammer(server.url, acknowledged));
    await eventually(() => {
      expect(acknowledged.events.size).toBeGreaterThan(20);
      expect(acknowledged.whole.length).toBeGreaterThan(0);
    });
    const stopped = stop(server);
    for (const ended of await Promise.allSettled(clients)) {
      expect(ended).toMatchObject({ status: 'rejected', reason: { code: expect.stringMatching(/^E/) } }); // of a connection
    }
    expect(await stopped).toBe(0);
    expect(server.stderr()).toBe('');
    expect(server.stdout()).toMatch(/stopping \(SIGTERM\).*\n(?:.*\n)*.*stopped\n$/);

    const store = sqliteStore(join(server.folder, 'media-sessions.db'));
    for (const [sid, expected] of acknowledged.events) {
      const kept = (await allEvents(store, sid))?.map(({ event }) => event.playerTime.ts);
      expect(kept).toEqual(expect.arrayContaining([start.playerTime.ts, ...expected]));
    }
    await store.close();
    const lines = readFileSync(join(server.folder, 'reports.ndjson'), 'utf8').trim().split('\n');
    const reported = new Set(lines.map((line) => JSON.parse(line).sid));
    expect(acknowledged.whole.filter((sid) => !reported.has(sid))).toEqual([]);
  });

  it('ends at once while it still waits for its store', async () => {
    const silent = createTcpServer();
    const connecting = once(silent, 'connection');
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const { port } = silent.address() as AddressInfo; // of a TCP server that listens
    const server = runServe(['--store', `postgres://user@127.0.0.1:${port}/db`]);
    const [socket]: Socket[] = await connecting;
    if (!socket) throw new Error('Nobody has connected');
    await once(socket, 'data');
    const asked = once(socket, 'data');
    socket.write('R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I'); // as PostgreSQL says: welcome, ask
    await asked; // and it never gets an answer
    expect(await stop(server)).toBe(0); // 1 if it had given the store up
    socket.destroy();
    silent.close();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'answers what is in flight on %s, and ends the connection',
    async (signal) => {
      const server = await startServe(['--store', 'memory', ...PATIENT]);
      const { socket, response } = await beginRequest(server.url, startRequest + body.slice(0, 10));
      const stopped = stop(server, signal);
      await server.prints(/stopping/);
      socket.write(body.slice(10));
      expect(await response).toMatch(/^HTTP\/1\.1 201 Created\r\n(?:.*\r\n)*Connection: close\r\n/);
      expect(await stopped).toBe(0);
      expect(server.stdout()).toMatch(/started [0-9a-f]{64}/);
    },
  );

  it('answers every request that was written before the signal, also where it had not read it yet', async () => {
    const server = await startServe(['--store', 'memory', ...PATIENT]);
    const open = () => connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => {}); // `close` follows
    const ask = async (socket: Socket) => {
      const answer = new Promise<string>((resolve) => {
        socket.once('data', (data) => resolve(String(data))).once('close', () => resolve('nothing'));
      });
      await new Promise((resolve) => socket.write(startRequest + body, resolve));
      return { answer };
    };
    const used = Array.from({ length: 8 }, open);
    for (const { answer } of await Promise.all(used.map(ask))) await answer;
    server.child.kill('SIGSTOP');
    const asked = await Promise.all([...used, ...Array.from({ length: 8 }, open)].map(ask));
    server.child.kill('SIGTERM');
    const stopped = stop(server, 'SIGCONT');
    for (const { answer } of asked) expect(await answer).toMatch(/^HTTP\/1\.1 201 /);
    expect(await stopped).toBe(0);
    expect(server.stdout().match(/ started /g)).toHaveLength(24);
  });

  it('says how many sessions are lost with the memory', async () => {
    const server = await startServe(['--store', 'memory']);
    await server.start();
    await server.post('/api/v1/downloaded', [start]);
    expect(await stop(server)).toBe(0);
    expect(server.stdout()).toContain('open sessions lost with the memory they were in: 1\n');
    const lasting = await startServe();
    await lasting.start();
    await stop(lasting);
    expect(lasting.stdout()).not.toContain('lost with');
  });

  it('says 503 to who asks for its health on the way, and takes no more connections', async () => {
    const server = await startServe(['--store', 'memory', ...PATIENT]);
    const { socket, response } = await beginRequest(server.url, 'GET /healthz HTTP/1.1\r\nHost: x\r\n');
    const stopped = stop(server);
    await server.prints(/stopping/);
    // For a few turns it takes connections on, since some may have come before the signal.
    await eventually(() => expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed'));
    socket.write('\r\n');
    expect(await response).toMatch(
      /^HTTP\/1\.1 503 .*(?:.*\r\n)*Connection: close\r\n(?:.*\r\n)*\r\nThe server is stopping\.\n$/,
    );
    expect(await stopped).toBe(0);
  });

  it('does not wait for connections that nobody uses', async () => {
    const server = await startServe(['--store', 'memory', '--shutdown-timeout', '3600']); // longer than a test may take
    const agent = new Agent({ keepAlive: true });
    await post(agent, `${server.url}/api/v1/sessions`, start);
    await beginRequest(server.url, '');
    expect(await stop(server)).toBe(0);
    agent.destroy();
  });

  it('cuts off a request that does not end, and still stops in order', async () => {
    const server = await startServe(['--shutdown-timeout', '3', '--reports', 'reports.ndjson']);
    await server.post('/api/v1/downloaded', [start]);
    await beginRequest(server.url, startRequest + body.slice(0, 10));
    expect(await stop(server)).toBe(0);
    expect(readFileSync(join(server.folder, 'reports.ndjson'), 'utf8').trim().split('\n')).toHaveLength(1);
  });

  it('takes no longer than it may when a close is still being delivered', async () => {
    const receiver = createServer(() => {}); // never responds
    const reports = ['--reports', await listen(receiver), '--reports-secret', 'a good secret'];
    const server = await startServe([...reports, '--shutdown-timeout', '1']);
    await server.post('/api/v1/downloaded', [start]);
    expect(await stop(server)).toBe(0);
    expect(server.stdout()).toMatch(/failed stop: closes were still being delivered/);
    receiver.closeAllConnections();
    receiver.close();
  });

  it('ends at once on a second signal', async () => {
    const server = await startServe(['--shutdown-timeout', '3600', '--store', 'memory']);
    await beginRequest(server.url, startRequest);
    const stopped = stop(server);
    await server.prints(/stopping/);
    await sleep(300); // longer than one keypress
    server.child.kill('SIGTERM');
    expect(await stopped).toBe(128 + 15);
  });

  it('takes one Ctrl-C that comes twice, once through npm, for one', async () => {
    const server = await startServe(['--store', 'memory', ...PATIENT]);
    const { socket, response } = await beginRequest(server.url, startRequest);
    // While it stands still, so that it gets both at once. They differ, since two of a kind would then be one.
    for (const signal of ['SIGSTOP', 'SIGINT', 'SIGTERM'] as const) server.child.kill(signal);
    const stopped = stop(server, 'SIGCONT');
    await server.prints(/stopping/);
    socket.write(body);
    expect(await response).toMatch(/^HTTP\/1\.1 201 /);
    expect(await stopped).toBe(0);
  });

  it('keeps for the next start what could not be reported at the stop', async () => {
    const receiver = createServer((_, res) => res.writeHead(500).end());
    const server = await startServe(['--reports', await listen(receiver), '--reports-secret', 'a good secret']);
    const { headers } = await server.post('/api/v1/downloaded', [start]);
    expect(await stop(server)).toBe(0);
    expect(server.stdout()).toMatch(
      /failed onSessionClose: .* did not take the report of [0-9a-f]{64}: the answer was 500/,
    );
    receiver.close();

    const store = sqliteStore(join(server.folder, 'media-sessions.db'));
    const lease = 60_000; // of the process that ended
    const due = await store.claimClosed(Date.now() + lease, lease, 10);
    expect(due.map(({ sid }) => sid)).toEqual([sidOf(headers.get('location') ?? '')]);
    await store.close();
  });
});
