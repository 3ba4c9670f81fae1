import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeclareTest } from '../../../src/testing/store-contract/store-contract.ts';
import { eventually } from '../eventually.ts';
import { assertStored } from './assert-stored.ts';
import { startLoad } from './load-generator.ts';
import { startServer } from './server-processes.ts';
import { openStore } from './store-kinds.ts';

/** How long a claimer keeps a close to itself, in milliseconds; more than `LEASE` of the collector. */
const AFTER_LEASE = 61_000;

/** Declares the tests of several processes that share one store. */
export function sharedByProcesses(it: DeclareTest, kind: string, newLocation: () => Promise<string>): void {
  for (const count of [2, 4]) {
    it(`keeps all that ${count} processes append at once, and delivers each close once`, async () => {
      const location = await newLocation();
      const settings = { idle: 3000, grace: 200 };
      const servers = await Promise.all(Array.from({ length: count }, () => startServer(kind, location, settings)));
      const ports = servers.map(({ port }) => port);
      const load = startLoad({ ports: () => ports, count: 8, ends: true });
      await sleep(1500);
      await load.stop();
      const { events } = load.acknowledged;
      const delivered = () => servers.flatMap((server) => server.closed.map(({ closed }) => closed));
      await eventually(() => assert.ok(delivered().length >= events.size), 15_000);
      await Promise.all(servers.map((server) => server.stop()));

      assert.deepEqual(delivered().sort(), [...new Set(delivered())].sort());
      assert.deepEqual(
        [...events.keys()].filter((sid) => !delivered().includes(sid)),
        [],
      );
      const failures = servers.flatMap((server) => server.failures);
      assert.deepEqual(
        failures.filter((failure) => !/^StoreUnavailable: .*(slow|timeout)/.test(failure)), // as on a busy machine
        [],
      );
      const { store, end } = await openStore(kind, location);
      await assertStored(store, load.acknowledged);
      for (const { closed, events: count } of servers.flatMap((server) => server.closed)) {
        assert.equal((await store.events(closed))?.length, count);
      }
      await store.close();
      await end();
    });
  }

  it('has another process deliver a close after the lease when its claimer is killed', async () => {
    const location = await newLocation();
    const settings = { grace: 50 };
    const claimer = await startServer(kind, location, { ...settings, hangs: true });
    const load = startLoad({ ports: () => [claimer.port], count: 1, events: 1, ends: true });
    await sleep(100);
    await load.stop();
    const sids = [...load.acknowledged.events.keys()];
    await eventually(() => assert.equal(claimer.closed.length, sids.length));
    await claimer.kill();

    const other = await startServer(kind, location, settings);
    await sleep(500);
    assert.deepEqual(other.closed, []);
    other.setAhead(AFTER_LEASE);
    await eventually(() => assert.equal(other.closed.length, sids.length));
    await other.stop();
    assert.deepEqual(other.closed.map(({ closed }) => closed).sort(), sids.sort());
  });
}

/** Declares the test of processes that die under load, again and again. */
export function survivesKills(it: DeclareTest, kind: string, newLocation: () => Promise<string>, times = 20): void {
  it(`has all that it acknowledged after its process was killed ${times} times under load`, async () => {
    const location = await newLocation();
    let server = await startServer(kind, location);
    const load = startLoad({ ports: () => [server.port], count: 20, events: 6 });
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
    const { store, end } = await openStore(kind, location);
    await assertStored(store, load.acknowledged);
    await store.close();
    await end();
  });
}
