import { sessionReport } from '../../../src/report/report.ts';
import { DEFAULT_TIMEOUTS, open } from '../../../src/session/lifecycle.ts';
import type { StoredEvent } from '../../../src/session/session.ts';
import { printFigure, printTitle } from '../figures.ts';
import { inTurn, ratios } from '../turns.ts';
import { longSession } from './long-session.ts';
import { benchLongestTurn } from './longest-turn.ts';

const WARMUP = 5;
const SLICES = 15;
/** How often a slice does its work, so that it pays for its own garbage and not for another's. */
const RUNS = 6;

/** How long the report of a long session takes, beside the parsing of its events, and how long it holds others up. */
export async function benchReport(): Promise<void> {
  const text = JSON.stringify(longSession());
  const inOrder: readonly StoredEvent[] = JSON.parse(text);
  const [start] = inOrder;
  if (start === undefined) throw new Error('The long session has no events');
  const swapped = inOrder.map((_, at) => inOrder[at === 0 ? 0 : at ^ 1] ?? start);
  const session = open('sid', start, DEFAULT_TIMEOUTS);

  const works = [
    () => JSON.parse(text),
    () => sessionReport(session, inOrder),
    () => sessionReport(session, swapped),
  ].map((work) => async () => timeOf(work));
  await inTurn(WARMUP, works);
  const [parsing = [], reporting = [], reportingSwapped = []] = await inTurn(SLICES, works);

  printTitle(
    `The report of ${inOrder.length.toLocaleString('en')} events (${text.length} characters), ${SLICES} slices`,
  );
  printFigure('parsing the events', parsing, { unit: 'ms' });
  printFigure('the report', reporting, { unit: 'ms' });
  printFigure('the report to parsing', ratios(reporting, parsing), { unit: 'x' });
  printFigure('the same, neighbours swapped', ratios(reportingSwapped, parsing), { unit: 'x' });

  await benchLongestTurn();
}

/** How long some work takes, in milliseconds. */
function timeOf(work: () => unknown): number {
  const from = performance.now();
  for (let run = 0; run < RUNS; run++) work();
  return (performance.now() - from) / RUNS;
}
