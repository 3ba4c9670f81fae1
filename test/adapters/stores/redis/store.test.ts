import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisStore } from '../../../../adapters/stores/redis/store.ts';
import { DEFAULT_TIMEOUTS, open } from '../../../../src/session/lifecycle.ts';
import type { SessionStore } from '../../../../src/session/store.ts';
import { storeContract } from '../../../../src/testing/store-contract/store-contract.ts';
import { redisIsMissing } from '../../../support/servers/redis.ts';
import { createAt, eventAt, ping, RULE, sessionEnd, T0 } from '../../../support/stores/events.ts';
import { followsLifecycle } from '../../../support/stores/lifecycle-property.ts';
import { newPrefix, useRedis } from '../../../support/stores/redis-fixture.ts';
import { replayRecordings } from '../../../support/stores/replay.ts';

const DAY = 86_400_000;
const { idle, grace } = DEFAULT_TIMEOUTS;

describe.skipIf(redisIsMissing())('redisStore', () => {
  const redis = useRedis();

  describe('on a server', () => {
    storeContract(it, (options) => redisStore(redis.client, { prefix: newPrefix(), ...options }));

    let store: SessionStore;
    beforeAll(() => {
      store = redisStore(redis.client, { prefix: 'shared:' });
    });
    afterAll(() => store.close());
    followsLifecycle(it, () => store);
    replayRecordings(it, () => store);
  });

  it('keeps the text that an event came as', async () => {
    const prefix = newPrefix();
    const store = redisStore(redis.client, { prefix });
    const json = `\n${JSON.stringify(ping, null, 2)}\n`;
    await store.create(open('a', eventAt(T0), DEFAULT_TIMEOUTS), [{ ...eventAt(T0), json }]);
    await store.append('a', [{ ...eventAt(T0), json }], RULE); // its playhead did not move
    const [, ...elements] = await redis.client.lRange(`${prefix}{a}`, 0, -1);
    expect(elements.map((element) => element.slice(element.indexOf('\n') + 1))).toEqual([json, json]);
  });

  it('goes on with a session that version 0.1 wrote, which kept no length', async () => {
    const prefix = newPrefix();
    const store = redisStore(redis.client, { prefix });
    await createAt(store, 'a', T0); // for the index
    const json = JSON.stringify(ping);
    const asBefore = (end: string) =>
      redis.client.rPush(`${prefix}{a}`, [`${T0} "token"`, `${T0} ${T0 + idle} ${end}`]);
    await redis.client.del(`${prefix}{a}`);
    await asBefore(`idle ${T0} 0\n${json}`);
    expect(await store.append('a', [eventAt(T0 + 1), eventAt(T0 + 2, sessionEnd)], RULE)).toBe('accepted');
    expect(await store.get('a')).toMatchObject({
      validationToken: 'token',
      deadline: T0 + 2 + grace,
      length: json.length + JSON.stringify(sessionEnd).length,
    });
    expect(await store.events('a')).toEqual([eventAt(T0), eventAt(T0 + 1), eventAt(T0 + 2, sessionEnd)]);

    await redis.client.del(`${prefix}{a}`);
    await asBefore(`idle ${T0} 0 ${T0 + idle + 500}\n${json}`); // leased
    expect(await store.append('a', [eventAt(T0 + 1)], RULE)).toBe('closed');
    const [claimed] = await store.claimClosed(T0 + idle + 500, 1000, 10);
    expect(claimed).toMatchObject({ sid: 'a', deadline: T0 + idle, length: 0 });
    await store.settle('a');
    expect(await store.claimClosed(T0 + 2 * idle, 1000, 10)).toEqual([]);
  });

  it('keeps all of a session under one key, with its sid as the hash tag', async () => {
    const prefix = newPrefix();
    const store = redisStore(redis.client, { prefix });
    await createAt(store, 'a', T0);
    await store.append('a', [eventAt(T0)], RULE);
    const keys = await redis.client.keys(`${prefix}*`);
    expect(keys.filter((key) => !/^.*(due|list):/.test(key))).toEqual([`${prefix}{a}`]);
  });

  it('has Redis forget everything by itself when the fleet is gone', async () => {
    const prefix = newPrefix();
    const store = redisStore(redis.client, { prefix, retention: DAY });
    await createAt(store, 'a', T0);
    await store.append('a', [eventAt(T0 + 5000)], RULE);
    await store.claimClosed(T0 + 2 * idle, 1000, 10);
    await store.settle('a');
    const keys = await redis.client.keys(`${prefix}*`);
    expect(keys).toHaveLength(3);
    for (const key of keys) {
      const left = await redis.client.pTTL(key);
      expect(left, key).toBeGreaterThan(DAY);
      expect(left, key).toBeLessThan(60 * DAY);
    }
  });

  it('keeps a long session beyond the time that its start gave it', async () => {
    const prefix = newPrefix();
    const store = redisStore(redis.client, { prefix });
    await createAt(store, 'a', T0);
    await redis.client.pExpire(`${prefix}{a}`, 60_000);
    for (let at = T0; at <= T0 + 40 * 500_000; at += 500_000)
      await store.append('a', [eventAt(at, { ...ping, playerTime: { playhead: null, ts: T0 } })], RULE);
    expect(await redis.client.pTTL(`${prefix}{a}`)).toBeGreaterThan(DAY);
  });

  it('hands out a session in time though the index knows its old deadline only', async () => {
    const prefix = newPrefix();
    const store = redisStore(redis.client, { prefix });
    await createAt(store, 'a', T0);
    await store.append('a', [eventAt(T0 + 1000, sessionEnd)], RULE);
    // As if the process had died between the session and the index.
    for (const key of await redis.client.keys(`${prefix}due:*`))
      await redis.client.zAdd(key, { score: T0 + idle, value: `000${T0}:a` });
    expect(await store.claimClosed(T0 + 1000 + grace, 1000, 10)).toEqual([]);
    expect(await store.claimClosed(T0 + idle, 1000, 10)).toHaveLength(1);
  });

  it('leaves nothing in the index of a session that Redis has forgotten', async () => {
    const prefix = newPrefix();
    const store = redisStore(redis.client, { prefix });
    await createAt(store, 'a', T0);
    await redis.client.del(`${prefix}{a}`);
    expect((await store.list({}, T0)).sessions).toEqual([]);
    expect(await store.claimClosed(T0 + idle, 1000, 10)).toEqual([]);
    expect(await redis.client.keys(`${prefix}*`)).toEqual([]);
  });

  it('drops from the index what Redis has forgotten where nobody asks for closes', async () => {
    const prefix = newPrefix();
    const store = redisStore(redis.client, { prefix });
    for (let index = 0; index < 50; index++) await createAt(store, `old-${index}`, T0);
    for (let index = 0; index < 500; index++) await createAt(store, `new-${index}`, T0 + 60 * DAY);
    for (const kind of ['due', 'list']) {
      const sizes = await Promise.all(
        (await redis.client.keys(`${prefix}${kind}:*`)).map((key) => redis.client.zCard(key)),
      );
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(500);
    }
  });

  it('keeps all of a start that is under way when it is closed', async () => {
    const prefix = newPrefix();
    const store = redisStore(redis.client, { prefix });
    const created = createAt(store, 'a', T0);
    await store.close();
    await created;
    await expect(createAt(store, 'b', T0)).rejects.toThrow('The store is closed');
    const { sessions } = await redisStore(redis.client, { prefix }).list({}, T0);
    expect(sessions.map(({ sid }) => sid)).toEqual(['a']);
  });

  it('closes a session for the reason of the lifecycle where both deadlines round to one number', async () => {
    const store = redisStore(redis.client, { prefix: newPrefix() });
    await createAt(store, 'a', T0);
    await store.append('a', [eventAt(T0 + 1, { ...ping, playerTime: { playhead: 1, ts: T0 } })], {
      ...RULE,
      timeouts: { idle, stall: idle - grace - 0.00001, grace },
    });
    expect(await store.get('a')).toMatchObject({ deadline: T0 + 1 + idle, closeReason: 'idle' });
  });
});
