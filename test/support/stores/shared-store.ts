import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { it } from 'vitest';
import { allEvents } from '../../../src/session/event-pages.ts';
import { eventually } from '../eventually.ts';
import { assertStoredAt } from './assert-stored.ts';
import { startLoad } from './load-generator.ts';
import { startServer } from './server-process.ts';

/** How long a claimer keeps a close to itself, in milliseconds; more than `LEASE` of the collector. */
const AFTER_LEASE = 61_000;

/** Declares the tests of several processes that share one store. */
export function sharedByProcesses(kind: string, newLocation: () => Promise<string>): void {
  for (const count of [2, 4]) {
    const tags = count > 2 ? ['long'] : [];
    it(`keeps all that ${count} processes append at once, and delivers each close once`, { tags }, async () => {
      const location = await newLocation();
      const settings = { idle: 3000, grace: 200 };
      const servers = await Promise.all(Array.from({ length: count }, () => startServer(kind, location, settings)));
      const ports = servers.map(({ port }) => port);
      const load = startLoad({ ports: () => ports, players: 8, endsSessions: true });
      const { events } = load.acknowledged;
      await eventually(() => assert.ok(events.size >= 100));
      await load.stop();
      const closes = () => servers.flatMap(({ closed }) => closed);
      const closedSids = () => closes().map(({ sid }) => sid);
      await eventually(() => assert.ok(closes().length >= events.size));
      await Promise.all(servers.map((server) => server.stop()));

      assert.deepEqual(closedSids().sort(), [...new Set(closedSids())].sort());
      assert.deepEqual(
        [...events.keys()].filter((sid) => !closedSids().includes(sid)),
        [],
      );
      const failures = servers.flatMap((server) => server.failures);
      assert.deepEqual(
        failures.filter((failure) => !/^StoreUnavailable: .*(slow|timeout)/.test(failure)), // as on a busy machine
        [],
      );
      await assertStoredAt(kind, location, load.acknowledged, async (store) => {
        for (const { sid, events } of closes()) assert.equal((await allEvents(store, sid))?.length, events);
      });
    });
  }

  it('has another process deliver a close after the lease when its claimer is killed', async () => {
    const location = await newLocation();
    const settings = { grace: 50 };
    const claimer = await startServer(kind, location, { ...settings, hangs: true });
    const load = startLoad({ ports: () => [claimer.port], players: 1, eventsPerSession: 1, endsSessions: true });
    const { events } = load.acknowledged;
    await eventually(() => assert.ok(events.size >= 3)); // few enough for a collector to have all hooks under way
    await load.stop();
    const sids = [...events.keys()];
    await eventually(() => assert.equal(claimer.closed.length, sids.length));
    await claimer.kill();

    const other = await startServer(kind, location, settings);
    await sleep(500);
    assert.deepEqual(other.closed, []);
    other.setAhead(AFTER_LEASE);
    await eventually(() => assert.equal(other.closed.length, sids.length));
    await other.stop();
    assert.deepEqual(other.closed.map(({ sid }) => sid).sort(), sids.sort());
  });
}
