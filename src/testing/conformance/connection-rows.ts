import assert from 'node:assert/strict';
import { Agent, request as httpRequest, type RequestOptions } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SESSIONS, startSession } from './checks.ts';
import { start, startWith } from './samples.ts';
import type { Row, Target } from './target.ts';

/** What happens on the connection itself. */
export const connectionRows: readonly Row[] = [
  {
    id: 'connection-exact-head',
    must: 'MUST send the status line and headers of the hosted service byte for byte',
    http1: true,
    async check(target) {
      if (target.cors === 'host') return;
      const socket = await open(target);
      socket.write(head(target, Buffer.byteLength(JSON.stringify(start))) + JSON.stringify(start));
      const answer = await readUntil(socket, '\r\n\r\n');
      socket.destroy();
      const lines = answer.split('\r\n').map((line) => comparable(target, line));
      assert.equal(lines[0], 'HTTP/1.1 201 Created');
      for (const line of [
        'Content-Type: application/octet-stream',
        'Content-Length: 0',
        'Access-Control-Allow-Origin: *',
        'Access-Control-Allow-Methods: OPTIONS,POST,PUT',
        'Access-Control-Allow-Headers: Content-Type',
        'Access-Control-Expose-Headers: Location',
      ]) {
        assert.ok(lines.includes(comparable(target, line)), line);
      }
      const location = comparable(target, 'Location: /api/v1/sessions/');
      assert.ok(lines.some((line) => line.startsWith(location) && /\/[0-9a-f]{64}$/.test(line)));
      assert.doesNotMatch(answer, /Transfer-Encoding/i);
    },
  },
  {
    id: 'connection-split-characters',
    must: 'MUST read a body that comes in chunks, also when they split a character',
    http1: true,
    async check(target) {
      const bytes = Buffer.from(JSON.stringify(startWith({ customMetadata: { title: 'é🎬'.repeat(20) } })));
      const before = await newestSid(target);
      const socket = await open(target);
      socket.setNoDelay(true);
      socket.write(head(target, bytes.length));
      for (let from = 0; from < bytes.length; from += 37) {
        socket.write(bytes.subarray(from, from + 37));
        await sleep(1);
      }
      assert.match(await readUntil(socket, '\r\n\r\n'), /^HTTP\/1\.1 201 /);
      socket.destroy();
      const sid = await newestSid(target);
      assert.notEqual(sid, before);
      const [stored] = (await target.collector.events(sid ?? '')) ?? [];
      assert.equal(stored?.event.customMetadata?.['title'], 'é🎬'.repeat(20));
    },
  },
  {
    id: 'connection-chunked-too-large',
    must: 'MUST answer 413 to a body of undeclared length once it is over the limit, without waiting for its end',
    http1: true,
    async check(target) {
      if (target.hostParses.includes('json')) return; // the limit of the host's parser holds
      const socket = await open(target);
      socket.on('error', () => {}); // the server may hang up on what is left
      socket.write(head(target, undefined));
      const chunk = Buffer.alloc(65_536, 'x');
      const answer = readUntil(socket, '\r\n\r\n');
      for (let sent = 0; sent < 2_097_152; sent += chunk.length) {
        socket.write(`${chunk.length.toString(16)}\r\n`);
        socket.write(chunk);
        socket.write('\r\n');
      }
      const waits = target.readsWholeBodies || target.hostParses.length > 0; // as a host's parser does
      if (waits) socket.write('0\r\n\r\n');
      assert.match(await answer, /^HTTP\/1\.1 413 /);
      socket.destroy();
    },
  },
  {
    id: 'connection-abort',
    must: 'MUST store nothing of a body whose client went away, and go on serving',
    http1: true,
    async check(target) {
      const before = await newestSid(target);
      const json = JSON.stringify(start);
      for (let cut = 0; cut < json.length; cut += 40) {
        const socket = await open(target);
        socket.on('error', () => {});
        socket.write(head(target, json.length) + json.slice(0, cut));
        await sleep(2);
        if (cut % 80 === 0) socket.destroy();
        else socket.resetAndDestroy();
      }
      await sleep(30);
      assert.equal(await newestSid(target), before);
      await startSession(target);
    },
  },
  {
    id: 'connection-keep-alive',
    must: 'MUST serve 1,000 requests on one connection',
    http1: true,
    async check(target) {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const sockets = new Set<Socket>();
      const json = JSON.stringify(start);
      for (let index = 0; index < 1000; index++) {
        const status = await sendOn(agent, target, index % 100 === 99 ? '{"broken' : json, (socket) =>
          sockets.add(socket),
        );
        assert.equal(status, index % 100 === 99 ? 400 : 201);
      }
      agent.destroy();
      assert.equal(sockets.size, 1);
    },
  },
];

function head(target: Target, length: number | undefined): string {
  const { host, pathname } = new URL(target.url);
  const framing = length === undefined ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`;
  const prefix = pathname === '/' ? '' : pathname;
  return `POST ${prefix}${SESSIONS} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n${framing}\r\n\r\n`;
}

/** A header line, without regard to the case of the name where the host has its own. */
function comparable({ headerNames }: Target, line: string): string {
  return headerNames === 'as-given' ? line : line.replace(/^[\w-]+:/, (name) => name.toLowerCase());
}

function open(target: Target): Promise<Socket> {
  const { hostname, port } = new URL(target.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => resolve(socket)).once('error', reject);
  });
}

async function readUntil(socket: Socket, end: string): Promise<string> {
  let text = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.includes(end)) break;
  }
  return text;
}

function sendOn(agent: Agent, target: Target, body: string, onSocket: (socket: Socket) => void): Promise<number> {
  const options: RequestOptions = { agent, method: 'POST', headers: { 'content-type': 'application/json' } };
  return new Promise((resolve, reject) => {
    httpRequest(target.url + SESSIONS, options, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    })
      .once('socket', onSocket)
      .once('error', reject)
      .end(body);
  });
}

async function newestSid(target: Target): Promise<string | undefined> {
  return (await target.collector.sessions({ limit: 1 })).sessions[0]?.sid;
}
