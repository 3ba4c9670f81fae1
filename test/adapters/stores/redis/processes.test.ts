import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { type RedisServer, redisIsMissing, startRedis } from '../../../support/servers/redis.ts';
import { type RedisCluster, startRedisCluster } from '../../../support/servers/redis-cluster.ts';
import { survivesOutages } from '../../../support/stores/outages.ts';
import { sharedByProcesses } from '../../../support/stores/shared-store.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let prefixes = 0;

describe.skipIf(redisIsMissing())('redisStore in processes of its own', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.remove());
  const newLocation = async () => `${server.url}#test-${++prefixes}:`;

  sharedByProcesses(it, 'redis', newLocation);
  survivesOutages(it, 'redis', () => server, newLocation);
});

describe.skipIf(redisIsMissing())('redisStore on a cluster in processes of its own', () => {
  let cluster: RedisCluster;
  beforeAll(async () => {
    cluster = await startRedisCluster();
  });
  afterAll(() => cluster.remove());
  const newLocation = async () => `${cluster.location}#test-${++prefixes}:`;

  sharedByProcesses(it, 'redis-cluster', newLocation);
  survivesOutages(it, 'redis-cluster', () => cluster.breakable, newLocation, 1);
});
