import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { printFigure, printTitle } from '../figures.ts';
import { inTurn, ratios } from '../turns.ts';
import type { Order } from './append-worker.ts';

const FEW = 1000;
const MANY = 300_000;
const SLICES = 40;

/** How fast events are appended among many sessions, beside few: each store in a thread, with a heap of its own. */
export async function benchAppend(): Promise<void> {
  const workers = [MANY, FEW].map((sessions) => {
    return new Worker(new URL('./append-worker.ts', import.meta.url), { workerData: { sessions } });
  });
  const slices = (order: Order) => workers.map((worker) => () => rate(worker, order));
  await inTurn(1, slices('at random')); // once they have filled their stores
  for (const order of ['at random', 'in order'] as const) {
    const [many = [], few = []] = await inTurn(SLICES, slices(order));
    printTitle(`Appends to sessions in the memory store, ${order}, ${SLICES} slices`);
    printFigure(`among ${MANY.toLocaleString('en')}`, many, { unit: 'a second' });
    printFigure(`among ${FEW.toLocaleString('en')}`, few, { unit: 'a second' });
    printFigure('many to few', ratios(many, few), { unit: 'x', goal: '0.85 or more' });
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
}

async function rate(worker: Worker, order: Order): Promise<number> {
  worker.postMessage(order);
  const [appendsPerSecond] = await once(worker, 'message');
  return appendsPerSecond;
}
