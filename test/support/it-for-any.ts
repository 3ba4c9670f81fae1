import fc from 'fast-check';
import { it } from 'vitest';

/** Declares that a property holds: for a fifth of `runs` random cases in each run of the tests, for all in the long tier. */
export function itForAny<Case>(name: string, runs: number, property: () => fc.IRawProperty<Case>): void {
  it(name, () => fc.assert(property(), { numRuns: Math.ceil(runs / 5) }));
  it(`${name}, in ${runs} cases`, { tags: ['long'] }, () => fc.assert(property(), { numRuns: runs }));
}
