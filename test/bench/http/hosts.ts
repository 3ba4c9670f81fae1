import type { Comparison } from './comparison.ts';
import { benchSteady } from './steady.ts';
import type { Traffic } from './traffic.ts';

const TRAFFICS: readonly Traffic[] = ['starts', 'pings'];

const COMPARISONS: readonly Omit<Comparison, 'traffic'>[] = [
  { ours: 'ours on Express', others: [['Express hello', 0.75]] },
  { ours: 'ours on Koa', others: [['Koa hello', 0.72]] },
  { ours: 'ours on Fastify', others: [['Fastify with a schema', 1.05]] },
];

/** What a request costs mounted in a framework, beside that framework alone. */
export async function benchHosts(): Promise<void> {
  for (const comparison of COMPARISONS) {
    for (const traffic of TRAFFICS) await benchSteady({ ...comparison, traffic });
  }
}
