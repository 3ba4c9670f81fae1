import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, createCluster, type RedisClientType, type RedisClusterType } from 'redis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { redisStore } from '../../../../adapters/stores/redis/store.ts';
import { DEFAULT_TIMEOUTS } from '../../../../src/session/lifecycle.ts';
import type { SessionStore } from '../../../../src/session/store.ts';
import { storeContract } from '../../../../src/testing/store-contract/store-contract.ts';
import { eventually } from '../../../support/eventually.ts';
import { redisIsMissing } from '../../../support/servers/redis.ts';
import { type RedisCluster, startRedisCluster } from '../../../support/servers/redis-cluster.ts';
import { arrivals, createAt, eventAt, RULE, T0 } from '../../../support/stores/events.ts';
import { followsLifecycle } from '../../../support/stores/lifecycle-property.ts';
import { newPrefix } from '../../../support/stores/redis-fixture.ts';
import { replayRecordings } from '../../../support/stores/replay.ts';

const { idle } = DEFAULT_TIMEOUTS;

describe.skipIf(redisIsMissing())('redisStore on a cluster', { tags: ['long'] }, () => {
  let servers: RedisCluster;
  let cluster: RedisClusterType;

  beforeAll(async () => {
    servers = await startRedisCluster();
    cluster = createCluster({ rootNodes: servers.masters.map(({ url }) => ({ url })) });
    await cluster.connect();
  });
  afterAll(async () => {
    cluster.destroy();
    await servers.remove();
  });

  storeContract(it, (options) => redisStore(cluster, { prefix: newPrefix(), ...options }));

  let store: SessionStore;
  beforeAll(() => {
    store = redisStore(cluster, { prefix: 'shared:' });
  });
  afterAll(() => store.close());
  followsLifecycle(it, () => store);
  replayRecordings(it, () => store);

  it('keeps the order of the calls while a session moves to another server, and each event once', async () => {
    const prefix = newPrefix();
    const store = redisStore(cluster, { prefix });
    const admins = await Promise.all(servers.masters.map(({ url }) => createClient({ url }).connect()));
    onTestFinished(() => {
      for (const admin of admins) admin.destroy();
    });
    // No other test has sessions in their slots.
    for (const sid of ['move-1', 'move-2', 'move-3', 'move-4', 'move-5', 'move-6']) {
      await createAt(store, sid, T0);
      const appends: unknown[] = [];
      let moving = true;
      const keepAppending = async () => {
        while (moving) {
          for (let more = 0; more < 3; more++) {
            appends.push(store.append(sid, [eventAt(T0 + appends.length + 1)], RULE));
          }
          await sleep(2);
        }
      };
      const appending = keepAppending();
      await moveKey(admins, `${prefix}{${sid}}`);
      moving = false;
      await appending;
      expect(new Set(await Promise.all(appends))).toEqual(new Set(['accepted']));
      expect(await arrivals(store, sid)).toEqual(Array.from({ length: appends.length + 1 }, (_, at) => at));
    }
  });

  it('serves the sessions of the servers that are there, and hands out their closes, while another is away', async () => {
    const store = redisStore(cluster, { prefix: newPrefix() });
    for (let index = 0; index < 60; index++) await createAt(store, `s${index}`, T0);
    for (const { url } of servers.masters) {
      const client = await createClient({ url }).connect();
      await client.configSet('cluster-require-full-coverage', 'no');
      client.destroy();
    }
    await servers.breakable.kill();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) => store.append(`s${index}`, [eventAt(T0)], RULE)),
    );
    const away = [...outcomes.keys()].filter((index) => outcomes[index]?.status === 'rejected');
    const there = outcomes.findIndex(({ status }) => status === 'fulfilled');
    await Promise.allSettled(
      Array.from({ length: 11_000 }, (_, index) => store.append(`s${away[index % away.length]}`, [eventAt(T0)], RULE)),
    );
    await eventually(async () => expect(await store.append(`s${there}`, [eventAt(T0)], RULE)).toBe('accepted'));
    const claimed = new Set<string>();
    await eventually(async () => {
      for (const { sid } of await store.claimClosed(T0 + idle, 60_000, 100)) claimed.add(sid);
      expect(claimed.size).toBeGreaterThan(15); // two thirds of the index, and of each shard two thirds of the sessions
    });
    await servers.breakable.start();
  });

  it('spreads sessions and the index over all servers', async () => {
    const store = redisStore(cluster, { prefix: 'spread:' });
    for (let index = 0; index < 100; index++) await createAt(store, `s${index}`, T0);
    for (const { url } of servers.masters) {
      const client = createClient({ url });
      await client.connect();
      const keys = await client.keys('spread:*');
      expect(keys.some((key) => key.startsWith('spread:due:'))).toBe(true);
      expect(keys.filter((key) => /\{s\d+\}$/.test(key)).length).toBeGreaterThan(10);
      client.destroy();
    }
  });
});

/** Moves a key from its server to the next one, as a resharding does: first the key, then the word of where its slot is. */
async function moveKey(admins: readonly RedisClientType[], key: string): Promise<void> {
  const counts: number[] = [];
  const ids: string[] = [];
  const slot = Number(await admins[0]?.clusterKeySlot(key));
  for (const admin of admins) {
    counts.push(await admin.clusterCountKeysInSlot(slot));
    ids.push(await admin.clusterMyId());
  }
  const from = counts.findIndex((count) => count > 0);
  const to = (from + 1) % admins.length;
  const [source, target] = [admins[from], admins[to]];
  const [sourceId = '', targetId = ''] = [ids[from], ids[to]];
  const port = (await target?.configGet('port'))?.['port'] ?? '';
  await target?.clusterSetSlot(slot, 'IMPORTING', sourceId);
  await source?.clusterSetSlot(slot, 'MIGRATING', targetId);
  await sleep(20);
  await source?.sendCommand(['MIGRATE', '127.0.0.1', port, key, '0', '5000']);
  await sleep(20);
  for (const admin of [target, source, ...admins]) await admin?.clusterSetSlot(slot, 'NODE', targetId);
  await sleep(50);
}
