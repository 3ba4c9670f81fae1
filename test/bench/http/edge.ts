import { printFigure, printTitle } from '../figures.ts';
import { inTurn, ratios } from '../turns.ts';
import { loadContender } from './loaded-contender.ts';
import { BODIES, type Traffic } from './traffic.ts';

const WARMUP = 50_000;
const SLICE = 400;
const SLICES = 60;
/** How many sessions pings are of. */
const SESSIONS = 1000;

const PAIRS: readonly (readonly [edge: Traffic, other: Traffic])[] = [
  ['Edge starts', 'starts'],
  ['Edge pings', 'pings'],
];

/** How fast a request of the Media Edge API is answered on node:http, beside the same of the Media Collection API. */
export async function benchEdge(): Promise<void> {
  for (const pair of PAIRS) await compare(pair);
}

async function compare([edge, other]: readonly [Traffic, Traffic]): Promise<void> {
  const servers = await Promise.all(
    [edge, other].map((traffic) => loadContender('ours on node:http', traffic, SESSIONS)),
  );
  try {
    const slices = (size: number) => servers.map((server) => async () => rate(await server.cost(size)));
    await inTurn(WARMUP / SLICE, slices(SLICE));
    const [ofEdge = [], ofOther = []] = await inTurn(SLICES, slices(SLICE));
    printTitle(
      `${edge} of ${BODIES[edge].length} bytes, ${other} of ${BODIES[other].length}: by the server's CPU, ${SLICES} slices of ${SLICE} after ${WARMUP}`,
    );
    printFigure(edge, ofEdge, { unit: 'a second' });
    printFigure(other, ofOther, { unit: 'a second' });
    printFigure(`${edge} to ${other}`, ratios(ofEdge, ofOther), { unit: 'x', goal: '0.8 or more' });
  } finally {
    for (const server of servers) server.stop();
  }
}

/** How many requests a second a server answers that has a core to itself. */
function rate({ main, others }: { readonly main: number; readonly others: number }): number {
  return 1_000_000 / (main + others);
}
