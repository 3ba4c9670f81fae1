import { connect, createServer } from 'node:net';
import { createClient, createClientPool, createCluster, createSentinel } from 'redis';
import { describe, expect, it } from 'vitest';
import { redisStore } from '../../../../adapters/stores/redis/store.ts';
import { StoreUnavailable } from '../../../../src/session/store.ts';
import { eventually } from '../../../support/eventually.ts';
import { listen } from '../../../support/hosts/serve-host.ts';
import { redisIsMissing, startRedis } from '../../../support/servers/redis.ts';
import { createAt, eventAt, RULE, T0 } from '../../../support/stores/events.ts';
import { startProcessClock } from '../../../support/stores/process-clock.ts';
import { newPrefix, scriptedClient, useRedis } from '../../../support/stores/redis-fixture.ts';

describe.skipIf(redisIsMissing())('redisStore in trouble', () => {
  const redis = useRedis();

  it('knows the errors that pass also as Redis 6.2 words them', async () => {
    const error = new Error('ERR Error running script (call to f_1a2b): @user_script:4: @user_script: 4: -READONLY No');
    const old = scriptedClient(() => Promise.reject(error));
    await expect(redisStore(old).get('a')).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('leaves a server that was demoted, and is well again once its address leads to another', async () => {
    const other = await startRedis({ appendfsync: 'no' });
    let leadsTo = redis.server.port;
    const address = createServer((near) => {
      const far = connect(leadsTo, '127.0.0.1');
      near.pipe(far).pipe(near);
      for (const socket of [near, far]) socket.on('error', () => {});
    });
    const { port } = new URL(await listen(address));
    const client = createClient({ url: `redis://127.0.0.1:${port}`, socket: { reconnectStrategy: 20 } });
    await client.connect();
    const store = redisStore(client, { prefix: newPrefix() });
    try {
      await createAt(store, 'a', T0);
      await redis.client.sendCommand(['REPLICAOF', '127.0.0.1', String(other.port)]);
      await expect(store.append('a', [eventAt(T0)], RULE)).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(createAt(store, 'b', T0)).rejects.toBeInstanceOf(StoreUnavailable);
      leadsTo = other.port;
      await eventually(() => createAt(store, 'b', T0));
      expect(await store.append('b', [eventAt(T0)], RULE)).toBe('accepted');
    } finally {
      await redis.client.sendCommand(['REPLICAOF', 'NO', 'ONE']);
      client.destroy();
      address.close();
      await other.remove();
    }
  });

  it('says that a server is one of a cluster, which does not pass', async () => {
    const moved = scriptedClient(() => Promise.reject(new Error('MOVED 866 127.0.0.1:7001')));
    const store = redisStore(moved);
    const error = new TypeError(
      'redisStore: the server is one of a cluster; give it createCluster({ rootNodes: [{ url }] }) in place of createClient',
    );
    await expect(store.get('a')).rejects.toThrow(error);
    await expect(store.append('a', [eventAt(T0)], RULE)).rejects.toThrow(error);
    await expect(createAt(store, 'a', T0)).rejects.toThrow(error);
  });

  it('rejects with StoreUnavailable when Redis is out of memory, keeps nothing by half, and is well after', async () => {
    const store = redisStore(redis.client, { prefix: newPrefix() });
    await createAt(store, 'a', T0);
    const before = await store.get('a');
    await redis.client.configSet('maxmemory', '1');
    await expect(store.append('a', [eventAt(T0 + 1)], RULE)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(createAt(store, 'b', T0)).rejects.toThrow('Redis cannot be used now: OOM');
    const appends = ['a', 'b'].map((sid) => store.append(sid, [eventAt(T0 + 1)], RULE));
    expect(await Promise.allSettled(appends)).toMatchObject([{ reason: { name: 'StoreUnavailable' } }, {}]);
    await redis.client.configSet('maxmemory', '0');
    expect(await store.get('a')).toEqual(before);
    expect(await store.events('a')).toHaveLength(1);
    expect(await store.append('a', [eventAt(T0 + 1)], RULE)).toBe('accepted');
  });

  it('takes an answer that waited while the process was kept from reading it', async () => {
    const store = redisStore(redis.client, { prefix: newPrefix() });
    await createAt(store, 'a', T0);
    const appended = store.append('a', [eventAt(T0)], RULE);
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate); // it is sent
    const kept = performance.now() + 1500;
    while (performance.now() < kept);
    expect(await appended).toBe('accepted');
  });

  it('refuses at once what would wait without bound, and the rest within 2 s', async () => {
    const store = redisStore(redis.client, { prefix: newPrefix() });
    await createAt(store, 'a', T0);
    redis.server.pause();
    const processTime = startProcessClock();
    const appends = Array.from({ length: 11_000 }, () => store.append('a', [eventAt(T0)], RULE));
    const outcomes = await Promise.allSettled(appends);
    expect(processTime()).toBeLessThan(2000);
    redis.server.resume();
    const reasons = outcomes.map((outcome) => (outcome.status === 'rejected' ? String(outcome.reason) : ''));
    expect(reasons.filter((reason) => reason === 'StoreUnavailable: Too much waits for Redis already')).toHaveLength(
      1000,
    );
    expect(reasons.filter((reason) => reason === 'StoreUnavailable: Redis is too slow')).toHaveLength(10_000);
    await eventually(async () => expect(await store.get('a')).toBeDefined());
  });

  it('lists many times at once, and keeps every event meanwhile', async () => {
    const store = redisStore(redis.client, { prefix: newPrefix() });
    for (let from = 0; from < 1000; from += 100) {
      await Promise.all(Array.from({ length: 100 }, (_, index) => createAt(store, `s${from + index}`, T0)));
    }
    let listing = true;
    const lists = Array.from({ length: 12 }, () => store.list({ state: 'closed' }, T0));
    const listed = Promise.all(lists).finally(() => {
      listing = false;
    });
    let kept = 0;
    while (listing) {
      expect(await store.append('s5', [eventAt(T0)], RULE)).toBe('accepted');
      kept += 1;
    }
    await listed;
    expect(await store.events('s5')).toHaveLength(1 + kept);
  });

  it('keeps events also while as much is read as can be', async () => {
    const store = redisStore(redis.client, { prefix: newPrefix() });
    await createAt(store, 'a', T0);
    const reads = Promise.allSettled(Array.from({ length: 11_000 }, () => store.get('a')));
    expect(await store.append('a', [eventAt(T0)], RULE)).toBe('accepted');
    const refused = (await reads).filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(11_000 - 2000);
  });

  describe('when something is wrong at the start', () => {
    it('says so when the server is away', async () => {
      const away = createClient({ url: 'redis://127.0.0.1:1', socket: { reconnectStrategy: () => 50 } });
      const store = redisStore(away);
      const connecting = away.connect().catch(() => {});
      await expect(createAt(store, 'a', T0)).rejects.toThrow('Redis is not connected');
      away.destroy();
      await connecting;
    });

    it('says so when the user may not run scripts', async () => {
      await redis.client.aclSetUser('guest', ['on', 'nopass', '~*', '+@read', '+@connection']);
      const guest = createClient({ url: redis.server.url, username: 'guest', password: 'none' });
      await guest.connect();
      await expect(createAt(redisStore(guest), 'a', T0)).rejects.toThrow('Redis cannot be used now: NOPERM');
      guest.destroy();
    });

    it('takes every client and cluster of node-redis, connected or not', async () => {
      const created = createClient({ url: redis.server.url });
      const clusters = createCluster({ rootNodes: [{ url: redis.server.url }] });
      const clients = [redis.client, created, created.duplicate(), created.withCommandOptions({}), clusters];
      for (const each of clients) await redisStore(each).close();
    });

    it('refuses what would keep an event twice or lose the order, and says what to give instead', () => {
      const sentinel = createSentinel({ name: 'a', sentinelRootNodes: [{ host: '127.0.0.1', port: 1 }] });
      // @ts-expect-error: a sentinel sends again what was under way
      expect(() => redisStore(sentinel)).toThrow(/sends again what was under way.* give it createClient/);
      // @ts-expect-error: a pool has no order
      expect(() => redisStore(createClientPool({ url: redis.server.url }))).toThrow(/any order.* give it createClient/);
      // @ts-expect-error: it takes callbacks
      expect(() => redisStore(createClient().legacy())).toThrow('give it a client of node-redis');
    });

    it('says which argument is wrong', () => {
      // @ts-expect-error: a URL is no client
      expect(() => redisStore('redis://localhost')).toThrow('give it a client of node-redis');
      expect(() => redisStore(redis.client, { prefix: '{a}' })).toThrow('prefix must be without { and }');
      expect(() => redisStore(redis.client, { retention: 0 })).toThrow(
        'retention must be a whole number above 0, not 0',
      );
      expect(() => redisStore(redis.client, null as never)).toThrow(
        'redisStore: expected an object of options, got null',
      );
      // @ts-expect-error: it is retention
      expect(() => redisStore(redis.client, { retain: 1 })).toThrow('there is no option retain; the options are');
    });
  });
});
