/**
 * What an answer costs beside the usual ways to write it. Run: `npm run build && npx node test/bench/http.ts`.
 */
import autocannon from 'autocannon';
import { events } from '../../src/testing/conformance/samples.ts';
import { RECORDINGS } from '../support/recordings.ts';
import type { Contender } from './contenders.ts';
import { describeRatio } from './ratio.ts';
import { type BenchServer, startServer } from './servers.ts';

/** How many rounds count, after those in which the compiler is still at work. */
const ROUNDS = 9;
const WARM_UP = 9;
const REQUESTS = 4000;

/** A claim: how much less CPU time per request one contender takes than another. */
type Claim = readonly [ours: Contender, other: Contender, atLeast: number];

/** Claims whose contenders are loaded at the same time. More of them at once would only take each other's cache. */
const STARTS: Readonly<Record<string, readonly Claim[]>> = {
  'node:http': [
    ['ours on node:http', 'naive node:http', 1.1],
    ['ours on node:http', 'drain and 204', 0.6],
  ],
  Express: [
    ['ours on node:http', 'express.json + ajv', 2.0],
    ['ours on Express', 'express.json + ajv', 1],
    ['ours on Express', 'Express hello', 0.7],
    ['ours before Express', 'ours on Express', 1],
  ],
  Koa: [
    ['ours on node:http', '@koa/bodyparser + ajv', 1.8],
    ['ours on Koa', '@koa/bodyparser + ajv', 1],
    ['ours on Koa', 'Koa hello', 0.7],
  ],
  Fastify: [
    ['ours on Fastify', 'Fastify with a schema', 1],
    ['ours on Fastify', 'Fastify hello', 0.7],
  ],
  fetch: [
    ['ours on node:http', 'Hono with its validator', 1.6],
    ['ours on fetch', 'Hono with its validator', 1],
    ['ours on Hono', 'Hono with its validator', 1],
  ],
};

const PINGS: Readonly<Record<string, readonly Claim[]>> = {
  'node:http': [
    ['ours on node:http', 'drain and 204', 0.72],
    ['ours on node:http', 'naive node:http', 1],
    ['ours on node:http', 'Fastify with a schema', 1.2],
  ],
};

/** Measures starts and pings on every contender. */
export async function benchHttp(): Promise<void> {
  const start = JSON.stringify(
    RECORDINGS.find(({ name }) => name === 'js-sdk/12-real-visitor-appmeasurement')?.requests[0]?.body,
  );
  for (const [host, claims] of Object.entries(STARTS)) {
    await bench(`${host}, a sessionStart of ${start.length} bytes`, claims, async () => ({
      path: '/api/v1/sessions',
      body: start,
    }));
  }

  const ping = JSON.stringify(events.ping);
  for (const [host, claims] of Object.entries(PINGS)) {
    await bench(`${host}, a ping of ${ping.length} bytes`, claims, async ({ url }) => {
      const response = await fetch(`${url}/api/v1/sessions`, {
        method: 'POST',
        body: start,
        headers: { 'content-type': 'application/json' },
      });
      return { path: `${response.headers.get('location') ?? '/api/v1/sessions/none'}/events`, body: ping };
    });
  }
}

interface Load {
  readonly path: string;
  readonly body: string;
}

async function bench(
  title: string,
  claims: readonly Claim[],
  loadOf: (server: BenchServer) => Promise<Load>,
): Promise<void> {
  const claimed = claims.flatMap(([ours, other]) => [ours, other] as const);
  const names = [...new Set<Contender>(['the floor', ...claimed])];
  const servers = await Promise.all(names.map(startServer));
  try {
    const loads = await Promise.all(servers.map(loadOf));
    const rounds: Map<Contender, number>[] = [];
    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      const costs = await Promise.all(servers.map((server, index) => measure(server, loads[index] as Load))); // one for each
      if (round >= WARM_UP) rounds.push(new Map(names.map((name, index) => [name, costs[index] ?? Number.NaN])));
    }
    console.log(`\n${title}: server CPU time per request, ${ROUNDS} rounds of ${REQUESTS} requests each`);
    for (const name of names)
      console.log(`  ${name.padEnd(24)} ${describeRatio(rounds.map((costs) => costs.get(name) ?? 0))} us`);
    const compare = (ours: Contender, other: Contender) =>
      describeRatio(rounds.map((costs) => (costs.get(other) ?? 0) / (costs.get(ours) ?? 1)));
    for (const [ours, other, aim] of claims) {
      const floor = ours.endsWith('node:http') ? `, the floor ${compare('the floor', other)}` : '';
      console.log(`  ${ours} is ${compare(ours, other)} x ${other}; aim ${aim}${floor}`);
    }
  } finally {
    for (const server of servers) server.stop();
  }
}

/** The CPU microseconds that a server takes for each request of a round. Every answer must be a success. */
async function measure(server: BenchServer, { path, body }: Load): Promise<number> {
  const before = await server.cpu();
  const result = await autocannon({
    url: server.url + path,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    connections: 4,
    amount: REQUESTS,
  });
  const used = (await server.cpu()) - before;
  const expected = server.name.endsWith('hello')
    ? 200
    : path.endsWith('/events') || server.name === 'drain and 204'
      ? 204
      : 201;
  const answered = result.statusCodeStats?.[`${expected}`]?.count ?? 0;
  if (answered !== REQUESTS) throw new Error(`${server.name}: ${answered} of ${REQUESTS} answers were ${expected}`);
  return used / REQUESTS;
}

if (import.meta.main) await benchHttp();
