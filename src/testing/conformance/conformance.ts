import type { DeclareTest } from '../store-contract/store-contract.ts';
import { bodyRows } from './body-rows.ts';
import { connectionRows } from './connection-rows.ts';
import { downloadedRows } from './downloaded-rows.ts';
import { edgeRows } from './edge-rows.ts';
import { eventRows } from './event-rows.ts';
import { httpRows } from './http-rows.ts';
import { schemaRows } from './schema-rows.ts';
import { startRows } from './start-rows.ts';
import type { Row, Target } from './target.ts';

export { type Answer, type Request, type Row, sendByFetch, type Target } from './target.ts';

/** Both APIs as a table of requirements, each with a check. The ids of those of the Media Edge API begin with `edge-`. */
export const CONFORMANCE: readonly Row[] = [
  ...startRows,
  ...bodyRows,
  ...eventRows,
  ...downloadedRows,
  ...schemaRows,
  ...httpRows,
  ...connectionRows,
  ...edgeRows,
];

/**
 * Declares a test for every requirement of the protocol. `target` is called by each test, so that a
 * runner's setup may start the server first. `http1: false` leaves out what only HTTP/1.1 has; `edge: true` takes in the
 * Media Edge API, which the target's collector then has to have.
 *
 * @example
 * describe('my adapter', () => conformance(it, () => target));
 */
export function conformance(it: DeclareTest, target: () => Target, { http1 = true, edge = false } = {}): void {
  for (const { id, must, check, ...row } of CONFORMANCE) {
    if ((http1 || !row.http1) && (edge || !id.startsWith('edge-'))) it(`${id}: ${must}`, () => check(target()));
  }
}
