import { printCells, rounded, spread } from '../figures.ts';
import { ratios } from '../turns.ts';
import type { Contender } from './contenders/contenders.ts';
import type { CpuTime } from './cpu-time.ts';
import type { Traffic } from './traffic.ts';

/** Contenders to be measured side by side. They are few: more would only take each other's cache. */
export interface Comparison {
  readonly traffic: Traffic;
  readonly ours: Contender;
  /** The others, each with how many times our CPU time it is hoped to take, where there is a goal. */
  readonly others: readonly (readonly [contender: Contender, goal?: number])[];
}

/** The contenders of a comparison, ours first. */
export function contendersOf({ ours, others }: Comparison): Contender[] {
  return [ours, ...others.map(([name]) => name)];
}

/**
 * Prints what a request took each contender, in microseconds and round by round, and how many times ours that is, all
 * threads together. The median round has no garbage collected; the mean has its share of it.
 */
export function printComparison({ ours, others }: Comparison, costs: readonly (readonly CpuTime[])[]): void {
  const [ourCosts = [], ...otherCosts] = costs;
  printRow(['', 'main thread, us', 'others, mean', 'times ours', 'by the means', 'goal']);
  printRow([ours, ...describeCosts(ourCosts)]);
  for (const [index, [name, goal]] of others.entries()) {
    const theirCosts = otherCosts[index] ?? [];
    const theirs = theirCosts.map(allThreads);
    const our = ourCosts.map(allThreads);
    const timesOurs = [spread(ratios(theirs, our)), rounded(mean(theirs) / mean(our))];
    printRow([name, ...describeCosts(theirCosts), ...timesOurs, goal === undefined ? '' : `${goal} or more`]);
  }
}

function describeCosts(costs: readonly CpuTime[]): string[] {
  return [spread(costs.map(({ main }) => main)), rounded(mean(costs.map(({ others }) => others)))];
}

function printRow(cells: readonly string[]): void {
  const widths = [24, 22, 12, 20, 12, 0];
  printCells(cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)));
}

function allThreads({ main, others }: CpuTime): number {
  return main + others;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
