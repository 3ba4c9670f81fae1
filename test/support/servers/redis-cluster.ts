import { execFileSync } from 'node:child_process';
import { createClient } from 'redis';
import { eventually } from '../eventually.ts';
import { freePorts } from './ports.ts';
import { programPath } from './programs.ts';
import { type RedisServer, startRedis } from './redis.ts';

/** A Redis Cluster of three masters. */
export interface RedisCluster {
  readonly masters: readonly RedisServer[];
  /** The URLs of its masters, separated by commas. */
  readonly location: string;
  /** One of its masters to break. It is back when the whole cluster is. */
  readonly breakable: Pick<RedisServer, 'start' | 'stop' | 'kill' | 'pause'> & { resume(): Promise<void> };
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
  execFileSync(programPath('redis-cli'), ['--cluster', 'create', ...addresses, '--cluster-yes'], { stdio: 'ignore' });
  const [first = fail()] = masters;

  /** Rejects unless every master, each of which tells for itself, says that the cluster is up. */
  async function requireUp(): Promise<void> {
    for (const { url } of masters) {
      const client = createClient({ url, socket: { reconnectStrategy: false } });
      client.on('error', () => {});
      await client.connect();
      const state = await client.clusterInfo().finally(() => client.destroy());
      if (!state.includes('cluster_state:ok')) throw new Error(state);
    }
  }

  await eventually(requireUp);
  return {
    masters,
    location: masters.map(({ url }) => url).join(','),
    breakable: {
      ...first,
      async start() {
        await first.start();
        await eventually(requireUp);
      },
      async resume() {
        first.resume();
        await eventually(requireUp);
      },
    },
    async remove() {
      await Promise.all(masters.map((master) => master.remove()));
    },
  };
}

function fail(): never {
  throw new Error('A cluster has masters');
}
