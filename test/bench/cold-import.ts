import { execFileSync } from 'node:child_process';
import { printFigure, printTitle } from './figures.ts';
import { inTurn } from './turns.ts';

const ROUNDS = 25;

/** How much longer a process takes that imports the package as it is built than one that imports an empty module. */
export async function benchColdImport(): Promise<void> {
  const [built = [], empty = []] = await inTurn(ROUNDS, [
    async () => timeOf('import "media-sessions"'),
    async () => timeOf('import "data:text/javascript,"'),
  ]);
  printTitle(`A process that does nothing but import, ${ROUNDS} rounds`);
  printFigure('an empty module', empty, { unit: 'ms' });
  printFigure('media-sessions', built, { unit: 'ms' });
  const longer = built.map((time, round) => time - (empty[round] ?? Number.NaN));
  printFigure('media-sessions takes longer by', longer, { unit: 'ms', goal: '50 or less' });
}

/** How long a process takes from its start to its end, in milliseconds. */
function timeOf(source: string): number {
  const from = performance.now();
  execFileSync(process.execPath, ['--input-type=module', '-e', source]);
  return performance.now() - from;
}
