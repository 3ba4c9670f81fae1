import { monitorEventLoopDelay } from 'node:perf_hooks';
import { jsonBytes } from '../../../src/common/json-bytes.ts';
import { runInSlices } from '../../../src/common/work.ts';
import { analyse } from '../../../src/report/analysis.ts';
import { explanationsOf } from '../../../src/report/explain.ts';
import { breaksOf, lanesOf } from '../../../src/report/lanes.ts';
import { reportOf } from '../../../src/report/report.ts';
import { HOSTILE_SESSIONS } from '../../support/report/hostile-sessions.ts';
import { recorded } from '../../support/report/sessions.ts';
import { printFigure, printTitle } from '../figures.ts';

/** As many events as a session of 16 MB can have. */
const EVENTS = 261_000;
const ROUNDS = 3;

/** How long the longest turn of the event loop is while a session is read that is as bad as can be for something. */
export async function benchLongestTurn(): Promise<void> {
  printTitle(`The longest turn of report, explanations, lanes and JSON of ${EVENTS.toLocaleString('en')} events`);
  for (const [name, make] of Object.entries(HOSTILE_SESSIONS)) {
    const { session, events } = recorded(make(EVENTS));
    const turns: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      turns.push(
        await longestTurnOf(async () => {
          const analysis = await runInSlices(analyse(session, events, {}));
          const report = await runInSlices(reportOf(analysis));
          const explanations = await runInSlices(explanationsOf(analysis));
          await runInSlices(lanesOf(report, explanations, await runInSlices(breaksOf(analysis))));
          await jsonBytes(report);
        }),
      );
    }
    printFigure(name.slice(0, 47), turns, { unit: 'ms', goal: 'under 100 ms' });
  }
}

async function longestTurnOf(work: () => Promise<void>): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  await work();
  delays.disable();
  return delays.max / 1e6; // from nanoseconds
}
