import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { it } from 'vitest';
import { eventually } from '../eventually.ts';
import { assertStoredAt } from './assert-stored.ts';
import { startLoad } from './load-generator.ts';
import { startServer } from './server-process.ts';

/** Declares the tests of a process that is killed under load, again and again. */
export function survivesKills(kind: string, newLocation: () => Promise<string>): void {
  const name = (times: number) => `has all that it acknowledged after its process was killed ${times} times under load`;
  it(name(2), () => checkKills(2));
  it(name(20), { tags: ['long'] }, () => checkKills(20));

  async function checkKills(times: number): Promise<void> {
    const location = await newLocation();
    let server = await startServer(kind, location);
    const load = startLoad({ ports: () => [server.port], players: 20, eventsPerSession: 6 });
    for (let round = 0; round < times; round++) {
      const before = load.acknowledged.events.size;
      await eventually(() => assert.ok(load.acknowledged.events.size > before + 10));
      await sleep(Math.random() * 100); // at any point of a commit
      await server.kill();
      server = await startServer(kind, location);
    }
    await load.stop();
    await server.stop();
    assert.equal(load.acknowledged.statuses.get(500), undefined);
    await assertStoredAt(kind, location, load.acknowledged);
  }
}
