import { printFigure } from '../figures.ts';
import { inTurn, ratios } from '../turns.ts';

/** How many requests are under way at a time: a busy server's. */
const CONCURRENCY = 1000;
const WARMUP = 1;
const SLICES = 9;
/** How long a slice takes, in milliseconds. */
const SPAN = 500;

/** Work to be measured: `at` counts its calls. */
type Work = (at: number) => Promise<unknown>;

interface RateOptions {
  /** How many calls of the work are under way at a time. */
  readonly concurrency?: number;
  /** What time is, in milliseconds: that of the wall, or CPU time. */
  readonly clock?: () => number | Promise<number>;
}

/** Measures how many times a second some work is done. */
export function rateOf(
  work: Work,
  { concurrency = CONCURRENCY, clock = () => performance.now() }: RateOptions = {},
): () => Promise<number> {
  return async () => {
    let done = 0;
    const from = await clock();
    const until = performance.now() + SPAN;
    await Promise.all(
      Array.from({ length: concurrency }, async () => {
        while (performance.now() < until) await work(done++);
      }),
    );
    return (done / ((await clock()) - from)) * 1000;
  };
}

/** Prints how many times as fast one way is as another, both measured in turn, and how fast it is. */
export async function compareRates(
  name: string,
  way: () => Promise<number>,
  other: () => Promise<number>,
): Promise<void> {
  await inTurn(WARMUP, [way, other]);
  const [rates = [], otherRates = []] = await inTurn(SLICES, [way, other]);
  printFigure(name, ratios(rates, otherRates), { unit: 'x' });
  printFigure('', rates, { unit: 'a second' });
}
