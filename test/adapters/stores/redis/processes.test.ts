import { afterAll, beforeAll, describe } from 'vitest';
import { type RedisServer, redisIsMissing, startRedis } from '../../../support/servers/redis.ts';
import { type RedisCluster, startRedisCluster } from '../../../support/servers/redis-cluster.ts';
import { survivesKills } from '../../../support/stores/kills.ts';
import { survivesOutages } from '../../../support/stores/outages.ts';
import { sharedByProcesses } from '../../../support/stores/shared-store.ts';

let prefixes = 0;

describe.skipIf(redisIsMissing())('redisStore in processes of its own', { tags: ['long'] }, () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.remove());
  const newLocation = async () => `${server.url}#test-${++prefixes}:`;

  sharedByProcesses('redis', newLocation);
  survivesKills('redis', newLocation);
  survivesOutages('redis', () => server, newLocation);
});

describe.skipIf(redisIsMissing())('redisStore on a cluster in processes of its own', { tags: ['long'] }, () => {
  let cluster: RedisCluster;
  beforeAll(async () => {
    cluster = await startRedisCluster();
  });
  afterAll(() => cluster.remove());
  const newLocation = async () => `${cluster.location}#test-${++prefixes}:`;

  sharedByProcesses('redis-cluster', newLocation);
  survivesOutages('redis-cluster', () => cluster.breakable, newLocation, 1);
});
