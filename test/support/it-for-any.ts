import fc from 'fast-check';
import { it } from 'vitest';

/** How many times as many cases the long tier looks at. */
const LONGER = 5;

/** Declares that a property holds: for some random cases in each run of the tests, for `runs` in the long tier. */
export function itForAny<Case>(name: string, runs: number, property: () => fc.IRawProperty<Case>): void {
  it(name, () => fc.assert(property(), { numRuns: Math.ceil(runs / LONGER) }));
  it(`${name}, of ${runs}`, { tags: ['long'] }, () => fc.assert(property(), { numRuns: runs }));
}
