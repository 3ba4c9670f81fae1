import { createClient, type RedisClientType } from 'redis';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { redisStore } from '../../../../adapters/stores/redis/store.ts';
import { DEFAULT_TIMEOUTS } from '../../../../src/session/lifecycle.ts';
import { eventually } from '../../../support/eventually.ts';
import { type RedisServer, redisIsMissing, startRedis } from '../../../support/servers/redis.ts';
import { arrivals, createAt, eventAt, ping, RULE, sessionEnd, T0 } from '../../../support/stores/events.ts';
import { newPrefix, scriptedClient, useRedis } from '../../../support/stores/redis-fixture.ts';

const { grace } = DEFAULT_TIMEOUTS;

describe.skipIf(redisIsMissing())('redisStore that many events come to', () => {
  const redis = useRedis();

  it('runs its scripts also on a server that lost them', async () => {
    const store = redisStore(redis.client, { prefix: newPrefix() });
    await createAt(store, 'a', T0);
    await redis.client.scriptFlush();
    expect(await store.append('a', [eventAt(T0)], RULE)).toBe('accepted');
  });

  it.each([
    ['was started anew', () => startAnew(redis.server, redis.client)],
    ['lost its scripts', () => redis.client.scriptFlush()],
  ])('keeps the order of the calls also on a server that %s', async (_, loseScripts) => {
    const store = redisStore(redis.client, { prefix: newPrefix() });
    for (const sid of ['a', 'b', 'c', 'd', 'e']) {
      await createAt(store, sid, T0);
      await store.append(sid, [eventAt(T0 + 1)], RULE);
      await loseScripts();
      const appends: unknown[] = [];
      for (let at = 2; at <= 300; at++) {
        appends.push(store.append(sid, [eventAt(T0 + at)], RULE));
        if (at % 3 === 0) await new Promise(setImmediate);
      }
      await Promise.all(appends);
      expect(await arrivals(store, sid)).toEqual(Array.from({ length: 301 }, (_, at) => at));
    }
  });

  it('keeps the order of each of many sessions at a time on a server that lost its scripts', async () => {
    const store = redisStore(redis.client, { prefix: newPrefix() });
    const sids = Array.from({ length: 250 }, (_, index) => `s${index}`);
    await Promise.all(sids.map((sid) => createAt(store, sid, T0)));
    const appends: unknown[] = [];
    for (let at = 1; at <= 20; at++) {
      for (const sid of sids) appends.push(store.append(sid, [eventAt(T0 + at)], RULE));
      if (at % 5 === 0) appends.push(redis.client.scriptFlush());
      if (at % 3 === 0) await new Promise(setImmediate);
    }
    await Promise.all(appends);
    const inOrder = Array.from({ length: 21 }, (_, at) => at);
    for (const sid of sids) expect(await arrivals(store, sid)).toEqual(inOrder);
  });

  it('keeps what came at the same time as an event that Redis has an error for', async () => {
    const prefix = newPrefix();
    const store = redisStore(redis.client, { prefix });
    await createAt(store, 'a', T0);
    await createAt(store, 'c', T0);
    await redis.client.set(`${prefix}{b}`, 'no session');
    const appends = ['a', 'b', 'c'].map((sid) => store.append(sid, [eventAt(T0 + 1)], RULE));
    const outcomes = await Promise.allSettled(appends);
    expect(outcomes).toMatchObject([
      { value: 'accepted' },
      { reason: { message: expect.stringMatching(/^WRONGTYPE/) } },
      { value: 'accepted' },
    ]);
    expect(await arrivals(store, 'a')).toEqual([0, 1]);
  });

  it('never sends what was given up while it waited for those before it', async () => {
    const store = redisStore(redis.client, { prefix: newPrefix() });
    await createAt(store, 'a', T0);
    redis.server.pause();
    const appends = [1, 2, 3].map((at) => store.append('a', [eventAt(T0 + at)], RULE));
    for (const append of appends) await expect(append).rejects.toThrow('Redis is too slow');
    redis.server.resume();
    await store.append('a', [eventAt(T0 + 4)], RULE);
    expect(await arrivals(store, 'a')).toEqual([0, 1, 4]);
  });

  it('never sends what was given up between its turn and its script', async () => {
    const sent: string[] = [];
    let answer = (_: string[]): void => {};
    const store = redisStore(
      scriptedClient(({ keys }) => {
        sent.push(...keys);
        return new Promise((resolve) => {
          answer = resolve;
        });
      }),
    );
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }); // those of setImmediate are real
    onTestFinished(() => void vi.useRealTimers());
    const first = store.append('a', [eventAt(T0)], RULE);
    const next = store.append('a', [eventAt(T0 + 1)], RULE);
    await new Promise(setImmediate);
    vi.advanceTimersByTime(800);
    answer(['accepted']);
    expect(await first).toBe('accepted');
    vi.advanceTimersByTime(100);
    await expect(next).rejects.toThrow('Redis is too slow');
    await new Promise(setImmediate);
    expect(sent).toHaveLength(1);
    const last = store.append('a', [eventAt(T0 + 2)], RULE);
    await new Promise(setImmediate);
    answer(['accepted']);
    expect(await last).toBe('accepted');
  });

  it('has a script end soon, however much comes at a time', async () => {
    const scripts: { readonly rows: number; readonly size: number }[] = [];
    const store = redisStore(
      scriptedClient(async ({ keys, arguments: values }) => {
        scripts.push({ rows: keys.length, size: values.join('').length });
        return keys.map(() => 'accepted');
      }),
    );
    const many = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
    const large = eventAt(T0, { ...ping, customMetadata: { long: 'x'.repeat(100_000) } });
    await Promise.all([
      ...many('small', 250).map((sid) => store.append(sid, [eventAt(T0)], RULE)),
      ...many('large', 10).map((sid) => store.append(sid, [large], RULE)),
      ...many('', 10).map(() => store.append('same', [large], RULE)),
      ...many('', 250).map(() => store.append('same', [eventAt(T0)], RULE)),
    ]);
    expect(scripts.reduce((sum, { rows }) => sum + rows, 0)).toBe(520);
    expect(Math.max(...scripts.map(({ rows }) => rows))).toBe(100);
    expect(Math.max(...scripts.map(({ size }) => size))).toBeLessThan(256 * 1024);
  });

  it('judges each of the events that wait for one before them by itself', async () => {
    const store = redisStore(redis.client, { prefix: newPrefix() });
    await createAt(store, 'a', T0);
    const end = eventAt(T0 + 2, sessionEnd);
    const late = eventAt(T0 + 2 + grace);
    const events = [eventAt(T0 + 1), end, late, eventAt(T0 + 3), end];
    const outcomes = await Promise.all(events.map((event) => store.append('a', [event], RULE)));
    expect(outcomes).toEqual(['accepted', 'accepted', 'closed', 'accepted', 'accepted']);
    expect(await store.get('a')).toMatchObject({ deadline: T0 + 2 + grace, closeReason: 'sessionEnd' });
    expect(await store.claimClosed(T0 + 2 + grace, 1000, 10)).toHaveLength(1);
  });
});

describe.skipIf(redisIsMissing())('redisStore on one address of many servers', { tags: ['long'] }, () => {
  it('keeps events that come at the same time, in order', async () => {
    const server = await startRedis({ 'cluster-enabled': 'yes', appendfsync: 'no' });
    const client = createClient({ url: server.url });
    await client.connect();
    await client.clusterAddSlotsRange({ start: 0, end: 16_383 });
    await eventually(async () => expect(await client.clusterInfo()).toContain('cluster_state:ok'));
    const store = redisStore(client);
    const sids = Array.from({ length: 150 }, (_, index) => `s${index}`);
    await Promise.all(sids.map((sid) => createAt(store, sid, T0)));
    const appends = [1, 2, 3].flatMap((at) => sids.map((sid) => store.append(sid, [eventAt(T0 + at)], RULE)));
    expect(new Set(await Promise.all(appends))).toEqual(new Set(['accepted']));
    for (const sid of sids) expect(await arrivals(store, sid)).toEqual([0, 1, 2, 3]);
    client.destroy();
    await server.remove();
  });
});

async function startAnew(server: RedisServer, client: RedisClientType): Promise<void> {
  await server.stop();
  await server.start();
  await eventually(() => expect(client.isReady).toBe(true));
}
