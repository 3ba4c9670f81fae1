import { execFileSync } from 'node:child_process';
import { describeRatio } from './ratio.ts';

const ROUNDS = 9;

/** How much longer a process takes that imports the package than one that imports an empty module, in milliseconds. */
export function benchColdImport(): void {
  const time = (source: string) => {
    const from = performance.now();
    execFileSync(process.execPath, ['--input-type=module', '-e', source]);
    return performance.now() - from;
  };
  const more: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const empty = time('import "data:text/javascript,"');
    more.push(time('import "media-sessions"') - empty);
  }
  console.log(`\nA cold import takes ${describeRatio(more)} ms more than that of an empty module; aim at most 60`);
}
