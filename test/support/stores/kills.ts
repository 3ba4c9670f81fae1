import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { it } from 'vitest';
import { eventually } from '../eventually.ts';
import { assertStoredAt } from './assert-stored.ts';
import { startLoad } from './load-generator.ts';
import { startServer } from './server-process.ts';

interface Kills {
  readonly times: number;
  readonly players: number;
  /** Whether the players post to another process of the same store too. */
  readonly isBesideAnother?: boolean;
}

/** Declares the tests of a process that is killed under load, again and again, alone or beside another. */
export function survivesKills(kind: string, newLocation: () => Promise<string>): void {
  const name = (times: number) => `has all that it acknowledged after its process was killed ${times} times under load`;
  it(name(2), () => checkKills({ times: 2, players: 20 }));
  it(name(20), { tags: ['long'] }, () => checkKills({ times: 20, players: 20 }));
  it(`${name(3)} beside another that goes on`, { tags: ['long'] }, () =>
    checkKills({ times: 3, players: 3, isBesideAnother: true }),
  );

  async function checkKills({ times, players, isBesideAnother = false }: Kills): Promise<void> {
    const location = await newLocation();
    let server = await startServer(kind, location);
    const other = isBesideAnother ? await startServer(kind, location) : undefined;
    const ports = () => (other ? [server.port, other.port] : [server.port]);
    const load = startLoad({ ports, players, eventsPerSession: 6 });
    for (let round = 0; round < times; round++) {
      const before = load.acknowledged.events.size;
      await eventually(() => assert.ok(load.acknowledged.events.size > before + 10));
      await sleep(Math.random() * 100); // at any point of a commit
      await server.kill();
      server = await startServer(kind, location);
    }
    await load.stop();
    await Promise.all([server.stop(), other?.stop()]);
    assert.equal(load.acknowledged.statuses.get(500), undefined);
    await assertStoredAt(kind, location, load.acknowledged);
  }
}
