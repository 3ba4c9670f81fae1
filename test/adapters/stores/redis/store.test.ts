import { setTimeout as sleep } from 'node:timers/promises';
import {
  createClient,
  createClientPool,
  createCluster,
  createSentinel,
  type RedisClientType,
  type RedisClusterType,
} from 'redis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { redisStore } from '../../../../adapters/stores/redis/store.ts';
import { DEFAULT_TIMEOUTS, open } from '../../../../src/session/lifecycle.ts';
import { type SessionStore, StoreUnavailable } from '../../../../src/session/store.ts';
import { storeContract } from '../../../../src/testing/store-contract/store-contract.ts';
import { type RedisServer, redisIsMissing, startRedis } from '../../../support/servers/redis.ts';
import { type RedisCluster, startRedisCluster } from '../../../support/servers/redis-cluster.ts';
import { createAt, eventAt, ping, sessionEnd, T0 } from '../../../support/stores/events.ts';
import { followsLifecycle } from '../../../support/stores/lifecycle-property.ts';
import { replayRecordings } from '../../../support/stores/replay.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const DAY = 86_400_000;
const { idle, grace } = DEFAULT_TIMEOUTS;

let prefixes = 0;
const newPrefix = () => `test-${++prefixes}:`;

describe.skipIf(redisIsMissing())('redisStore', () => {
  let server: RedisServer;
  let client: RedisClientType;

  beforeAll(async () => {
    server = await startRedis({ appendfsync: 'no' });
    client = createClient({ url: server.url });
    await client.connect();
  });
  afterAll(async () => {
    client.destroy();
    await server.remove();
  });

  describe('on a server', () => {
    storeContract(it, (options) => redisStore(client, { prefix: newPrefix(), ...options }));

    let store: SessionStore;
    beforeAll(() => {
      store = redisStore(client, { prefix: 'shared:' });
    });
    afterAll(() => store.close());
    followsLifecycle(it, () => store);
    replayRecordings(it, () => store);
  });

  it('keeps the text that an event came as', async () => {
    const prefix = newPrefix();
    const store = redisStore(client, { prefix });
    const json = `\n${JSON.stringify(ping, null, 2)}\n`;
    await store.create(open('a', eventAt(T0), DEFAULT_TIMEOUTS), [{ ...eventAt(T0), json }]);
    await store.append('a', { ...eventAt(T0), json }, DEFAULT_TIMEOUTS); // its playhead did not move
    const [, ...elements] = await client.lRange(`${prefix}{a}`, 0, -1);
    expect(elements.map((element) => element.slice(element.indexOf('\n') + 1))).toEqual([json, json]);
  });

  it('keeps all of a session under one key, with its sid as the hash tag', async () => {
    const prefix = newPrefix();
    const store = redisStore(client, { prefix });
    await createAt(store, 'a', T0);
    await store.append('a', eventAt(T0), DEFAULT_TIMEOUTS);
    const keys = await client.keys(`${prefix}*`);
    expect(keys.filter((key) => !/^.*(due|list):/.test(key))).toEqual([`${prefix}{a}`]);
  });

  it('has Redis forget everything by itself when the fleet is gone', async () => {
    const prefix = newPrefix();
    const store = redisStore(client, { prefix, retention: DAY });
    await createAt(store, 'a', T0);
    await store.append('a', eventAt(T0 + 5000), DEFAULT_TIMEOUTS);
    await store.claimClosed(T0 + 2 * idle, 1000, 10);
    await store.settle('a');
    const keys = await client.keys(`${prefix}*`);
    expect(keys).toHaveLength(3);
    for (const key of keys) {
      const left = await client.pTTL(key);
      expect(left, key).toBeGreaterThan(DAY);
      expect(left, key).toBeLessThan(60 * DAY);
    }
  });

  it('keeps a long session beyond the time that its start gave it', async () => {
    const prefix = newPrefix();
    const store = redisStore(client, { prefix });
    await createAt(store, 'a', T0);
    await client.pExpire(`${prefix}{a}`, 60_000);
    for (let at = T0; at <= T0 + 40 * 500_000; at += 500_000)
      await store.append('a', eventAt(at, { ...ping, playerTime: { playhead: null, ts: T0 } }), DEFAULT_TIMEOUTS);
    expect(await client.pTTL(`${prefix}{a}`)).toBeGreaterThan(DAY);
  });

  it('hands out a session in time though the index knows its old deadline only', async () => {
    const prefix = newPrefix();
    const store = redisStore(client, { prefix });
    await createAt(store, 'a', T0);
    await store.append('a', eventAt(T0 + 1000, sessionEnd), DEFAULT_TIMEOUTS);
    // As if the process had died between the session and the index.
    for (const key of await client.keys(`${prefix}due:*`))
      await client.zAdd(key, { score: T0 + idle, value: indexEntry });
    expect(await store.claimClosed(T0 + 1000 + grace, 1000, 10)).toEqual([]);
    expect(await store.claimClosed(T0 + idle, 1000, 10)).toHaveLength(1);
  });

  it('leaves nothing in the index of a session that Redis has forgotten', async () => {
    const prefix = newPrefix();
    const store = redisStore(client, { prefix });
    await createAt(store, 'a', T0);
    await client.del(`${prefix}{a}`);
    expect((await store.list({}, T0)).sessions).toEqual([]);
    expect(await store.claimClosed(T0 + idle, 1000, 10)).toEqual([]);
    expect(await client.keys(`${prefix}*`)).toEqual([]);
  });

  it('runs its scripts also on a server that lost them', async () => {
    const store = redisStore(client, { prefix: newPrefix() });
    await createAt(store, 'a', T0);
    await client.scriptFlush();
    expect(await store.append('a', eventAt(T0), DEFAULT_TIMEOUTS)).toBe('accepted');
  });

  it.each([
    ['was started anew', () => startAnew(server, client)],
    ['lost its scripts', () => client.scriptFlush()],
  ])('keeps the order of the calls also on a server that %s', async (_, loseScripts) => {
    const store = redisStore(client, { prefix: newPrefix() });
    for (const sid of ['a', 'b', 'c', 'd', 'e']) {
      await createAt(store, sid, T0);
      await store.append(sid, eventAt(T0 + 1), DEFAULT_TIMEOUTS);
      await loseScripts();
      const appends: unknown[] = [];
      for (let at = 2; at <= 300; at++) {
        appends.push(store.append(sid, eventAt(T0 + at), DEFAULT_TIMEOUTS));
        if (at % 3 === 0) await new Promise(setImmediate);
      }
      await Promise.all(appends);
      expect(await arrivals(store, sid)).toEqual(Array.from({ length: 301 }, (_, at) => at));
    }
  });

  it('keeps the order of each of many sessions at a time on a server that lost its scripts', async () => {
    const store = redisStore(client, { prefix: newPrefix() });
    const sids = Array.from({ length: 250 }, (_, index) => `s${index}`);
    await Promise.all(sids.map((sid) => createAt(store, sid, T0)));
    const appends: unknown[] = [];
    for (let at = 1; at <= 20; at++) {
      for (const sid of sids) appends.push(store.append(sid, eventAt(T0 + at), DEFAULT_TIMEOUTS));
      if (at % 5 === 0) appends.push(client.scriptFlush());
      if (at % 3 === 0) await new Promise(setImmediate);
    }
    await Promise.all(appends);
    const inOrder = Array.from({ length: 21 }, (_, at) => at);
    for (const sid of sids) expect(await arrivals(store, sid)).toEqual(inOrder);
  });

  it('closes a session for the reason of the lifecycle where both deadlines round to one number', async () => {
    const store = redisStore(client, { prefix: newPrefix() });
    await createAt(store, 'a', T0);
    await store.append('a', eventAt(T0 + 1, { ...ping, playerTime: { playhead: 1, ts: T0 } }), {
      idle,
      stall: idle - 0.00001,
      grace,
    });
    expect(await store.get('a')).toMatchObject({ deadline: T0 + 1 + idle, closeReason: 'idle' });
  });

  it('keeps what came at the same time as an event that Redis has an error for', async () => {
    const prefix = newPrefix();
    const store = redisStore(client, { prefix });
    await createAt(store, 'a', T0);
    await createAt(store, 'c', T0);
    await client.set(`${prefix}{b}`, 'no session');
    const appends = ['a', 'b', 'c'].map((sid) => store.append(sid, eventAt(T0 + 1), DEFAULT_TIMEOUTS));
    const outcomes = await Promise.allSettled(appends);
    expect(outcomes).toMatchObject([
      { value: 'accepted' },
      { reason: { message: expect.stringMatching(/^WRONGTYPE/) } },
      { value: 'accepted' },
    ]);
    expect(await arrivals(store, 'a')).toEqual([0, 1]);
  });

  it('never sends what was given up while it waited for those before it', async () => {
    const store = redisStore(client, { prefix: newPrefix() });
    await createAt(store, 'a', T0);
    server.pause();
    const appends = [1, 2, 3].map((at) => store.append('a', eventAt(T0 + at), DEFAULT_TIMEOUTS));
    for (const append of appends) await expect(append).rejects.toThrow('Redis is too slow');
    server.resume();
    await store.append('a', eventAt(T0 + 4), DEFAULT_TIMEOUTS);
    expect(await arrivals(store, 'a')).toEqual([0, 1, 4]);
  });

  it('never sends what was given up between its turn and its script', async () => {
    const sent: string[] = [];
    let answer = (_: string[]): void => {};
    const store = redisStore(
      scripted(({ keys }) => {
        sent.push(...keys);
        return new Promise((resolve) => {
          answer = resolve;
        });
      }),
    );
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }); // those of setImmediate are real
    onTestFinished(() => void vi.useRealTimers());
    const first = store.append('a', eventAt(T0), DEFAULT_TIMEOUTS);
    const next = store.append('a', eventAt(T0 + 1), DEFAULT_TIMEOUTS);
    await new Promise(setImmediate);
    vi.advanceTimersByTime(800);
    answer(['accepted']);
    expect(await first).toBe('accepted');
    vi.advanceTimersByTime(100);
    await expect(next).rejects.toThrow('Redis is too slow');
    await new Promise(setImmediate);
    expect(sent).toHaveLength(1);
    const last = store.append('a', eventAt(T0 + 2), DEFAULT_TIMEOUTS);
    await new Promise(setImmediate);
    answer(['accepted']);
    expect(await last).toBe('accepted');
  });

  it('has a script end soon, however much comes at a time', async () => {
    const scripts: { readonly rows: number; readonly size: number }[] = [];
    const store = redisStore(
      scripted(async ({ keys, arguments: values }) => {
        scripts.push({ rows: keys.length, size: values.join('').length });
        return keys.map(() => 'accepted');
      }),
    );
    const many = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
    const large = eventAt(T0, { ...ping, customMetadata: { long: 'x'.repeat(100_000) } });
    await Promise.all([
      ...many('small', 250).map((sid) => store.append(sid, eventAt(T0), DEFAULT_TIMEOUTS)),
      ...many('large', 10).map((sid) => store.append(sid, large, DEFAULT_TIMEOUTS)),
      ...many('', 10).map(() => store.append('same', large, DEFAULT_TIMEOUTS)),
      ...many('', 250).map(() => store.append('same', eventAt(T0), DEFAULT_TIMEOUTS)),
    ]);
    expect(scripts.reduce((sum, { rows }) => sum + rows, 0)).toBe(520);
    expect(Math.max(...scripts.map(({ rows }) => rows))).toBe(100);
    expect(Math.max(...scripts.map(({ size }) => size))).toBeLessThan(256 * 1024);
  });

  it('judges each of the events that wait for one before them by itself', async () => {
    const store = redisStore(client, { prefix: newPrefix() });
    await createAt(store, 'a', T0);
    const end = eventAt(T0 + 2, sessionEnd);
    const late = eventAt(T0 + 2 + grace);
    const events = [eventAt(T0 + 1), end, late, eventAt(T0 + 3), end];
    const outcomes = await Promise.all(events.map((event) => store.append('a', event, DEFAULT_TIMEOUTS)));
    expect(outcomes).toEqual(['accepted', 'accepted', 'closed', 'accepted', 'accepted']);
    expect(await store.get('a')).toMatchObject({ deadline: T0 + 2 + grace, closeReason: 'sessionEnd' });
    expect(await store.claimClosed(T0 + 2 + grace, 1000, 10)).toHaveLength(1);
  });

  it('keeps all of a start that is under way when it is closed', async () => {
    const prefix = newPrefix();
    const store = redisStore(client, { prefix });
    const created = createAt(store, 'a', T0);
    await store.close();
    await created;
    await expect(createAt(store, 'b', T0)).rejects.toThrow('The store is closed');
    const { sessions } = await redisStore(client, { prefix }).list({}, T0);
    expect(sessions.map(({ sid }) => sid)).toEqual(['a']);
  });

  it('drops from the index what Redis has forgotten where nobody asks for closes', async () => {
    const prefix = newPrefix();
    const store = redisStore(client, { prefix });
    for (let index = 0; index < 50; index++) await createAt(store, `old-${index}`, T0);
    for (let index = 0; index < 500; index++) await createAt(store, `new-${index}`, T0 + 60 * DAY);
    for (const kind of ['due', 'list']) {
      const sizes = await Promise.all((await client.keys(`${prefix}${kind}:*`)).map((key) => client.zCard(key)));
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(500);
    }
  });

  it('knows the errors that pass also as Redis 6.2 words them', async () => {
    const error = new Error('ERR Error running script (call to f_1a2b): @user_script:4: @user_script: 4: -READONLY No');
    const old = scripted(() => Promise.reject(error));
    await expect(redisStore(old).get('a')).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('rejects with StoreUnavailable when Redis is out of memory, keeps nothing by half, and is well after', async () => {
    const store = redisStore(client, { prefix: newPrefix() });
    await createAt(store, 'a', T0);
    const before = await store.get('a');
    await client.configSet('maxmemory', '1');
    await expect(store.append('a', eventAt(T0 + 1), DEFAULT_TIMEOUTS)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(createAt(store, 'b', T0)).rejects.toThrow('Redis cannot be used now: OOM');
    const appends = ['a', 'b'].map((sid) => store.append(sid, eventAt(T0 + 1), DEFAULT_TIMEOUTS));
    expect(await Promise.allSettled(appends)).toMatchObject([{ reason: { name: 'StoreUnavailable' } }, {}]);
    await client.configSet('maxmemory', '0');
    expect(await store.get('a')).toEqual(before);
    expect(await store.events('a')).toHaveLength(1);
    expect(await store.append('a', eventAt(T0 + 1), DEFAULT_TIMEOUTS)).toBe('accepted');
  });

  it('takes an answer that waited while the process was kept from reading it', async () => {
    const store = redisStore(client, { prefix: newPrefix() });
    await createAt(store, 'a', T0);
    const appended = store.append('a', eventAt(T0), DEFAULT_TIMEOUTS);
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate); // it is sent
    const kept = performance.now() + 1500;
    while (performance.now() < kept);
    expect(await appended).toBe('accepted');
  });

  it('refuses at once what would wait without bound, and the rest within 2 s', async () => {
    const store = redisStore(client, { prefix: newPrefix() });
    await createAt(store, 'a', T0);
    server.pause();
    const before = performance.now();
    const appends = Array.from({ length: 11_000 }, () => store.append('a', eventAt(T0), DEFAULT_TIMEOUTS));
    const outcomes = await Promise.allSettled(appends);
    expect(performance.now() - before).toBeLessThan(2000);
    server.resume();
    const reasons = outcomes.map((outcome) => (outcome.status === 'rejected' ? String(outcome.reason) : ''));
    expect(reasons.filter((reason) => reason === 'StoreUnavailable: Too much waits for Redis already')).toHaveLength(
      1000,
    );
    expect(reasons.filter((reason) => reason === 'StoreUnavailable: Redis is too slow')).toHaveLength(10_000);
    await vi.waitFor(async () => expect(await store.get('a')).toBeDefined(), 5000);
  });

  it('lists many times at once, and keeps every event meanwhile', async () => {
    const store = redisStore(client, { prefix: newPrefix() });
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
      expect(await store.append('s5', eventAt(T0), DEFAULT_TIMEOUTS)).toBe('accepted');
      kept += 1;
    }
    await listed;
    expect(await store.events('s5')).toHaveLength(1 + kept);
  });

  it('keeps events also while as much is read as can be', async () => {
    const store = redisStore(client, { prefix: newPrefix() });
    await createAt(store, 'a', T0);
    const reads = Promise.allSettled(Array.from({ length: 11_000 }, () => store.get('a')));
    expect(await store.append('a', eventAt(T0), DEFAULT_TIMEOUTS)).toBe('accepted');
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
      await client.aclSetUser('guest', ['on', 'nopass', '~*', '+@read', '+@connection']);
      const guest = createClient({ url: server.url, username: 'guest', password: 'none' });
      await guest.connect();
      await expect(createAt(redisStore(guest), 'a', T0)).rejects.toThrow('Redis cannot be used now: NOPERM');
      guest.destroy();
    });

    it('takes every client and cluster of node-redis, connected or not', async () => {
      const created = createClient({ url: server.url });
      const clusters = createCluster({ rootNodes: [{ url: server.url }] });
      const clients = [client, created, created.duplicate(), created.withCommandOptions({}), clusters];
      for (const each of clients) await redisStore(each).close();
    });

    it('refuses what would keep an event twice or lose the order, and says what to give instead', () => {
      const sentinel = createSentinel({ name: 'a', sentinelRootNodes: [{ host: '127.0.0.1', port: 1 }] });
      // @ts-expect-error: a sentinel sends again what was under way
      expect(() => redisStore(sentinel)).toThrow(/sends again what was under way.* give it createClient/);
      // @ts-expect-error: a pool has no order
      expect(() => redisStore(createClientPool({ url: server.url }))).toThrow(/any order.* give it createClient/);
      // @ts-expect-error: it takes callbacks
      expect(() => redisStore(createClient().legacy())).toThrow('give it a client of node-redis');
    });

    it('says which argument is wrong', () => {
      // @ts-expect-error: a URL is no client
      expect(() => redisStore('redis://localhost')).toThrow('give it a client of node-redis');
      expect(() => redisStore(client, { prefix: '{a}' })).toThrow('prefix must be without { and }');
      expect(() => redisStore(client, { retention: 0 })).toThrow('retention must be a whole number above 0, not 0');
      expect(() => redisStore(client, null as never)).toThrow('redisStore: expected an object of options, got null');
      // @ts-expect-error: it is retention
      expect(() => redisStore(client, { retain: 1 })).toThrow('there is no option retain; the options are');
    });
  });
});

describe.skipIf(redisIsMissing())('redisStore on one address of many servers', () => {
  it('keeps events that come at the same time, in order', async () => {
    const server = await startRedis({ 'cluster-enabled': 'yes', appendfsync: 'no' });
    const client = createClient({ url: server.url });
    await client.connect();
    await client.clusterAddSlotsRange({ start: 0, end: 16_383 });
    await vi.waitFor(async () => expect(await client.clusterInfo()).toContain('cluster_state:ok'), 10_000);
    const store = redisStore(client);
    const sids = Array.from({ length: 150 }, (_, index) => `s${index}`);
    await Promise.all(sids.map((sid) => createAt(store, sid, T0)));
    const appends = [1, 2, 3].flatMap((at) => sids.map((sid) => store.append(sid, eventAt(T0 + at), DEFAULT_TIMEOUTS)));
    expect(new Set(await Promise.all(appends))).toEqual(new Set(['accepted']));
    for (const sid of sids) expect(await arrivals(store, sid)).toEqual([0, 1, 2, 3]);
    client.destroy();
    await server.remove();
  });
});

describe.skipIf(redisIsMissing())('redisStore on a cluster', () => {
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
            appends.push(store.append(sid, eventAt(T0 + appends.length + 1), DEFAULT_TIMEOUTS));
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
      Array.from({ length: 60 }, (_, index) => store.append(`s${index}`, eventAt(T0), DEFAULT_TIMEOUTS)),
    );
    const away = [...outcomes.keys()].filter((index) => outcomes[index]?.status === 'rejected');
    const there = outcomes.findIndex(({ status }) => status === 'fulfilled');
    await Promise.allSettled(
      Array.from({ length: 11_000 }, (_, index) =>
        store.append(`s${away[index % away.length]}`, eventAt(T0), DEFAULT_TIMEOUTS),
      ),
    );
    await vi.waitFor(async () =>
      expect(await store.append(`s${there}`, eventAt(T0), DEFAULT_TIMEOUTS)).toBe('accepted'),
    );
    const claimed = new Set<string>();
    await vi.waitFor(async () => {
      for (const { sid } of await store.claimClosed(T0 + idle, 60_000, 100)) claimed.add(sid);
      expect(claimed.size).toBeGreaterThan(15); // two thirds of the index, and of each shard two thirds of the sessions
    }, 30_000);
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

/** A client that is connected to nothing: each script is given to `run`. */
function scripted(run: (options: { keys: string[]; arguments: string[] }) => Promise<unknown>) {
  return {
    isReady: true,
    select: () => {},
    on: () => {},
    off: () => {},
    eval: (_: string, options: { keys: string[]; arguments: string[] }) => run(options),
    evalSha: (_: string, options: { keys: string[]; arguments: string[] }) => run(options),
  };
}

const indexEntry = `000${T0}:a`;

/** When the events of a session came, in milliseconds after its start, in the order they are kept in. */
async function arrivals(store: SessionStore, sid: string): Promise<number[]> {
  return ((await store.events(sid)) ?? []).map(({ receivedAt }) => receivedAt - T0);
}

async function startAnew(server: RedisServer, client: RedisClientType): Promise<void> {
  await server.stop();
  await server.start();
  await vi.waitFor(() => expect(client.isReady).toBe(true), 5000);
}

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
