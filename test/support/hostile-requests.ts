import { connect } from 'node:net';
import fc from 'fast-check';
import { events, start } from '../../src/testing/conformance/samples.ts';
import { anyJson, nearEvents } from './arbitrary-bodies.ts';

/** A request as bytes, and how its client sends them. */
export interface HostileRequest {
  readonly target: 'start' | 'event' | 'downloaded' | 'other';
  readonly method: string;
  /** Another path than that of the target, if any. */
  readonly path: string | undefined;
  readonly headers: readonly string[];
  readonly body: Uint8Array;
  readonly framing: 'length' | 'chunked' | 'too-short' | 'too-long' | 'twice' | 'none';
  /** Where the bytes are cut into pieces, as shares of the whole. */
  readonly cuts: readonly number[];
  /** After which share of the bytes the client leaves, if it does. */
  readonly leavesAt: number | undefined;
}

/** What came of a request: the status it was answered with, or that the connection ended without an answer. */
export interface HostileAnswer {
  readonly status: number | 'ended';
  readonly location: string | undefined;
}

const text = (arbitrary: fc.Arbitrary<unknown>) => arbitrary.map((value) => JSON.stringify(value) ?? '');

/** Texts that are no JSON, or whose JSON is large in one way or another. */
const trouble = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.integer({ min: 1, max: 100_000 }).map((depth) => '['.repeat(depth)),
  fc.integer({ min: 1, max: 100 }).map((depth) => pingWith(`${'['.repeat(depth)}${']'.repeat(depth)}`)),
  fc.integer({ min: 1, max: 300_000 }).map((count) => pingWith(`[${'{},'.repeat(count)}{}]`)),
  fc.integer({ min: 1, max: 2_000_000 }).map((length) => pingWith(`"${'x'.repeat(length)}"`)),
  fc.integer({ min: 1, max: 40_000 }).map((count) => pingWith(membersOf(count))),
  fc.integer({ min: 1, max: 20_000 }).map((count) => `[${Array(count).fill(pingWith('0')).join()}]`),
  text(fc.array(nearEvents, { maxLength: 30 })),
  fc
    .tuple(text(nearEvents), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([json, end]) => json.slice(0, end * json.length)),
  fc.constantFrom(
    '1e999',
    '-0',
    '"\\ud800"',
    '{"__proto__":{"eventType":"ping"}}',
    '\ufeff{}',
    'null',
    '{"a":1,"a":2}',
  ),
);

function pingWith(own: string): string {
  return `{"eventType":"ping","playerTime":{"playhead":1,"ts":1768471260000},"own":${own}}`;
}

function membersOf(count: number): string {
  return `{${Array.from({ length: count }, (_, index) => `"k${index}":0`).join()}}`;
}

/** The bodies that are right for each target. */
const rightBodies: Readonly<Record<HostileRequest['target'], fc.Arbitrary<unknown>>> = {
  start: fc.constant(start),
  event: fc.constantFrom(...Object.values(events)),
  downloaded: fc.array(fc.constantFrom(...Object.values(events)), { maxLength: 50 }).map((rest) => [start, ...rest]),
  other: anyJson,
};

const bodyFor = (target: HostileRequest['target']): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    { weight: 5, arbitrary: text(rightBodies[target]).map((json) => Buffer.from(json)) },
    { weight: 3, arbitrary: text(nearEvents).map((json) => Buffer.from(json)) },
    { weight: 3, arbitrary: trouble.map((json) => Buffer.from(json)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 500 }) },
  );

const header = fc.oneof(
  fc.constantFrom('Expect: 100-continue', 'Content-Encoding: gzip', 'Content-Type: text/plain', 'Origin: null'),
  fc.constantFrom('X-Adobe-AEP-Validation-Token: ', 'Upgrade: websocket', 'Connection: upgrade', 'Connection: close'),
  fc.stringMatching(/^X-[A-Za-z]{1,20}: [ -~]{0,2000}$/),
);

const share = fc.double({ min: 0, max: 1, noNaN: true });

const otherPath = fc.oneof(
  fc.webPath(),
  fc.constantFrom(
    '//api/v1/sessions',
    '/api/v1/sessions/..',
    '/api/v1/sessions/%00/events',
    '*',
    'http://x/api/v1/sessions',
  ),
  fc.stringMatching(/^\/api\/v1\/sessions\/[!-~]{1,300}\/events$/),
);

/** Mostly the usual, and now and then another. */
function mostly<Usual, Other>(usual: Usual, other: fc.Arbitrary<Other>): fc.Arbitrary<Usual | Other> {
  return fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });
}

const targets = fc.constantFrom('start', 'event', 'event', 'downloaded', 'other');
export const hostileRequests: fc.Arbitrary<HostileRequest> = targets.chain((target) =>
  fc.record({
    target: fc.constant(target),
    method: mostly('POST', fc.constantFrom('GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'M-SEARCH')),
    path: mostly(undefined, otherPath),
    headers: fc.array(header, { maxLength: 2 }),
    body: bodyFor(target),
    framing: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom('length', 'chunked') },
      { weight: 1, arbitrary: fc.constantFrom('too-short', 'too-long', 'twice', 'none') },
    ),
    cuts: fc.array(share, { maxLength: 4 }),
    leavesAt: mostly(undefined, share),
  }),
);

/** Sends a request over a connection of its own, and waits until it is answered, or its connection has ended. */
export function sendHostile(port: number, path: string, request: HostileRequest): Promise<HostileAnswer> {
  const bytes = bytesOf(path, request);
  const end = Math.floor((request.leavesAt ?? 1) * bytes.length);
  const ends = [...request.cuts.map((cut) => Math.floor(cut * end)), end].sort((a, b) => a - b);
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1');
    socket.on('data', (part: string) => {
      answer = (answer + part).slice(0, 10_000).replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
      if (answer.includes('\r\n\r\n')) socket.destroy();
    });
    socket.on('error', () => {}); // the server may end it first; `close` follows
    socket.on('close', () => {
      const [, status] = /^HTTP\/1\.1 (\d+)/.exec(answer) ?? [];
      const [, location] = /\r\nLocation: ([^\r]*)/i.exec(answer) ?? [];
      resolve({ status: status === undefined ? 'ended' : Number(status), location });
    });
    let from = 0;
    const sendNext = () => {
      const to = ends.shift();
      if (to === undefined || socket.destroyed) {
        if (request.leavesAt === undefined) socket.end();
        else socket.destroy();
        return;
      }
      socket.write(bytes.subarray(from, to), () => setImmediate(sendNext));
      from = to;
    };
    sendNext();
  });
}

function bytesOf(path: string, { method, headers, body, framing }: HostileRequest): Uint8Array {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: x', ...headers, ...framingOf(framing, body.length)];
  const chunked = framing === 'chunked';
  const parts = chunked ? [`${body.length.toString(16)}\r\n`, body, '\r\n0\r\n\r\n'] : [body];
  const isEmptyChunk = chunked && body.length === 0;
  return Buffer.concat(
    [`${lines.join('\r\n')}\r\n\r\n`, ...(isEmptyChunk ? ['0\r\n\r\n'] : parts)].map((part) => Buffer.from(part)),
  );
}

function framingOf(framing: HostileRequest['framing'], length: number): string[] {
  switch (framing) {
    case 'length':
      return [`Content-Length: ${length}`];
    case 'chunked':
      return ['Transfer-Encoding: chunked'];
    case 'too-short':
      return [`Content-Length: ${Math.floor(length / 2)}`];
    case 'too-long':
      return [`Content-Length: ${length + 1}`];
    case 'twice':
      return [`Content-Length: ${length}`, `Content-Length: ${length}`, 'Transfer-Encoding: chunked'];
    case 'none':
      return [];
  }
}
