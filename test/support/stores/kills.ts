import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeclareTest } from '../../../src/testing/store-contract/store-contract.ts';
import { eventually } from '../eventually.ts';
import { assertStoredAt } from './assert-stored.ts';
import { startLoad } from './load-generator.ts';
import { startServer } from './server-process.ts';

/** Declares the test of a process that is killed under load, again and again. */
export function survivesKills(it: DeclareTest, kind: string, newLocation: () => Promise<string>, times = 20): void {
  it(`has all that it acknowledged after its process was killed ${times} times under load`, async () => {
    const location = await newLocation();
    let server = await startServer(kind, location);
    const load = startLoad({ ports: () => [server.port], players: 20, eventsPerSession: 6 });
    for (let round = 0; round < times; round++) {
      const before = load.acknowledged.events.size;
      await eventually(() => assert.ok(load.acknowledged.events.size > before + 10), 10_000);
      await sleep(Math.random() * 100); // at any point of a commit
      await server.kill();
      server = await startServer(kind, location);
    }
    await load.stop();
    await server.stop();
    assert.equal(load.acknowledged.statuses.get(500), undefined);
    await assertStoredAt(kind, location, load.acknowledged);
  });
}
