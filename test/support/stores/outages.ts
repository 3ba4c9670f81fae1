import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { it } from 'vitest';
import { eventually } from '../eventually.ts';
import { assertStoredAt } from './assert-stored.ts';
import { startLoad } from './load-generator.ts';
import { startServer } from './server-process.ts';

/** A database server, as far as it fails and comes back. */
export interface Breakable {
  start(): Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
  pause(): void;
  resume(): unknown;
}

/**
 * How long an answer may take, and a service to be back once its database server is, in milliseconds of the time
 * that its process can be blamed for.
 */
const LIMIT = 2000;

type Outage = readonly [name: string, begin: (server: Breakable) => unknown, end: (server: Breakable) => unknown];

const OUTAGES: readonly Outage[] = [
  ['is stopped', (server) => server.stop(), (server) => server.start()],
  ['is killed', (server) => server.kill(), (server) => server.start()],
  ['does not answer', (server) => server.pause(), (server) => server.resume()],
];

/** Declares the tests of a database server that goes away under load and comes back. */
export function survivesOutages(
  kind: string,
  useServer: () => Breakable,
  newLocation: () => Promise<string>,
  rounds = 2,
): void {
  for (const [name, begin, end] of OUTAGES) {
    it(`answers 503 while the server ${name}, loses nothing that it acknowledged, and is well soon after`, {
      tags: ['long'],
    }, async () => {
      const location = await newLocation();
      const server = await startServer(kind, location);
      const load = startLoad({ ports: () => [server.port], players: 10 });
      const { events, statuses } = load.acknowledged;
      const refusals = () => statuses.get(503) ?? 0;
      const breakAndMend = async () => {
        const started = events.size;
        await eventually(() => assert.ok(events.size > started + 10, 'no sessions start'));
        await begin(useServer());
        const refused = refusals();
        await eventually(() => assert.ok(refusals() > refused + 10, 'nothing is answered 503'));
        await sleep(500);
        await end(useServer());
        const wellAfter = await server.untilWell();
        assert.ok(wellAfter < LIMIT, `the service was back after ${wellAfter} ms`);
      };
      for (let round = 0; round < rounds; round++) await Promise.race([breakAndMend(), server.crash]);
      await load.stop();
      assert.deepEqual([...statuses.keys()].sort(), [201, 204, 503]);
      assert.ok(server.slowest < LIMIT, `an answer took ${server.slowest} ms`);
      await server.stop();
      await assertStoredAt(kind, location, load.acknowledged);
    });
  }
}
