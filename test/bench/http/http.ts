import type { Comparison } from './comparison.ts';
import { benchSteady } from './steady.ts';

const ours = 'ours on node:http';

const COMPARISONS: readonly Comparison[] = [
  {
    traffic: 'starts',
    ours,
    others: [
      ['drain and 204', 0.6],
      ['naive node:http', 1.1],
    ],
  },
  {
    traffic: 'starts',
    ours,
    others: [
      ['Fastify with a schema', 1.3],
      ['Hono with its validator', 1.6],
    ],
  },
  {
    traffic: 'starts',
    ours,
    others: [
      ['express.json + ajv', 1.8],
      ['@koa/bodyparser + ajv', 1.9],
    ],
  },
  {
    traffic: 'pings',
    ours,
    others: [
      ['drain and 204', 0.7],
      ['naive node:http', 1],
    ],
  },
  { traffic: 'pings', ours, others: [['Fastify with a schema', 1.15]] },
];

/** What a request costs on node:http, beside other ways to answer it. */
export async function benchHttp(): Promise<void> {
  for (const comparison of COMPARISONS) await benchSteady(comparison);
}
