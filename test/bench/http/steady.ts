import { printTitle } from '../figures.ts';
import { inTurn } from '../turns.ts';
import { type Comparison, contendersOf, printComparison } from './comparison.ts';
import { loadContender } from './loaded-contender.ts';
import { BODIES } from './traffic.ts';

/** How many requests each server answers before any counts: what one costs is flat only from some 32,000 on. */
const WARMUP = 50_000;
/** In slices that are short enough for no connection to be closed meanwhile. */
const WARMUP_SLICE = 2000;
/** How many requests a slice has: so few that other work of the machine falls on all contenders of a round alike. */
const SLICE = 400;
const SLICES = 60;
/** How many sessions pings are of. */
const SESSIONS = 1000;

/** Measures contenders that are warm. */
export async function benchSteady(comparison: Comparison): Promise<void> {
  const { traffic } = comparison;
  const contenders = await Promise.all(contendersOf(comparison).map((name) => loadContender(name, traffic, SESSIONS)));
  try {
    await inTurn(
      WARMUP / WARMUP_SLICE,
      contenders.map((contender) => () => contender.cost(WARMUP_SLICE)),
    );
    const costs = await inTurn(
      SLICES,
      contenders.map((contender) => () => contender.cost(SLICE)),
    );
    printTitle(
      `${traffic} of ${BODIES[traffic].length} bytes: server CPU of a request, ${SLICES} slices of ${SLICE} after ${WARMUP}`,
    );
    printComparison(comparison, costs);
  } finally {
    for (const contender of contenders) contender.stop();
  }
}
