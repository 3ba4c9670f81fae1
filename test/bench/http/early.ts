import { printTitle } from '../figures.ts';
import { inTurn } from '../turns.ts';
import { type Comparison, contendersOf, printComparison } from './comparison.ts';
import type { Contender } from './contenders/contenders.ts';
import type { CpuTime } from './cpu-time.ts';
import { loadContender } from './loaded-contender.ts';
import { BODIES, type Traffic } from './traffic.ts';

/** How many requests the early window has. */
const REQUESTS = 4000;
const REPEATS = 9;

const others: Comparison['others'] = [['drain and 204'], ['naive node:http'], ['Fastify with a schema']];
const COMPARISONS: readonly Comparison[] = [
  { traffic: 'starts', ours: 'ours on node:http', others },
  { traffic: 'pings', ours: 'ours on node:http', others },
];

/** What the first requests of a young server cost: each repeat has a new process of each contender. */
export async function benchEarly(): Promise<void> {
  for (const comparison of COMPARISONS) {
    const { traffic } = comparison;
    const costs = await inTurn(
      REPEATS,
      contendersOf(comparison).map((name) => () => earlyCost(name, traffic)),
    );
    printTitle(
      `${traffic} of ${BODIES[traffic].length} bytes: server CPU of each of its first ${REQUESTS} requests, ${REPEATS} servers each`,
    );
    printComparison(comparison, costs);
  }
}

async function earlyCost(name: Contender, traffic: Traffic): Promise<CpuTime> {
  const contender = await loadContender(name, traffic, 1);
  try {
    return await contender.cost(REQUESTS);
  } finally {
    contender.stop();
  }
}
