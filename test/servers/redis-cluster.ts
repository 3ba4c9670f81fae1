import { execFileSync } from 'node:child_process';
import { createCluster } from 'redis';
import { binary } from './binaries.ts';
import { freePorts } from './ports.ts';
import { type RedisServer, startRedis } from './redis.ts';
import { untilItWorks } from './starting.ts';

/** A Redis Cluster of three masters. */
export interface RedisCluster {
  readonly masters: readonly RedisServer[];
  /** The URLs of its masters, separated by commas. */
  readonly location: string;
  remove(): Promise<void>;
}

/** The highest port of a server whose port for its cluster, 10,000 higher, is a port too. */
const HIGHEST_PORT = 55_535;

export async function startRedisCluster(): Promise<RedisCluster> {
  const ports: number[] = [];
  while (ports.length < 3) ports.push(...(await freePorts(3 - ports.length)).filter((port) => port <= HIGHEST_PORT));
  const settings = { 'cluster-enabled': 'yes', 'cluster-node-timeout': '2000' };
  const masters = await Promise.all(ports.map((port) => startRedis(settings, port)));
  const addresses = ports.map((port) => `127.0.0.1:${port}`);
  execFileSync(binary('redis-cli'), ['--cluster', 'create', ...addresses, '--cluster-yes'], { stdio: 'ignore' });
  await untilItWorks(async () => {
    for (const { url } of masters) {
      const cluster = createCluster({ rootNodes: [{ url }] });
      cluster.on('error', () => {});
      await cluster.connect();
      try {
        for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) await cluster.get(key);
      } finally {
        cluster.destroy();
      }
    }
  });
  return {
    masters,
    location: masters.map(({ url }) => url).join(','),
    async remove() {
      await Promise.all(masters.map((master) => master.remove()));
    },
  };
}
