import type { createClient, createCluster, RedisClientOptions } from 'redis';
import { type RedisClient, redisStore } from '../../../../adapters/stores/redis/store.ts';
import { CannotRun } from '../../errors.ts';
import { CONNECT_TIMEOUT, explainConnectError, loadDriver } from './driver.ts';
import type { OpenedStore, Retention } from './opened-store.ts';
import { withoutPassword } from './store-choice.ts';

interface RedisDriver {
  readonly createClient: typeof createClient;
  readonly createCluster: typeof createCluster;
}

/** A client of a server or of a cluster. */
type Client = RedisClient & { destroy(): void };

/** Connects to a store in Redis, or in the Redis Cluster that the URL is a server of. Throws a CannotRun. */
export async function openRedis(url: string, options: Retention): Promise<OpenedStore> {
  const driver = await loadDriver<RedisDriver>('redis', 'Redis');
  const name = withoutPassword(url);
  const client = await connect(driver, url).catch((error) => {
    throw new CannotRun(`cannot use the store ${name}: ${explainConnectError(error)}`);
  });
  const store = redisStore(client, options);
  return {
    store,
    name,
    isPersistent: true,
    async close() {
      await store.close();
      client.destroy();
    },
  };
}

async function connect({ createClient, createCluster }: RedisDriver, url: string): Promise<Client> {
  let connected = false;
  const settings = {
    pingInterval: 1000, // so that a connection is idle only when the server is gone without a word
    socket: {
      connectTimeout: CONNECT_TIMEOUT,
      socketTimeout: 3000,
      reconnectStrategy: () => (connected ? 500 : (false as const)), // at the start one attempt must do; later there is another, soon
    },
  };
  const client = createClient({ ...settings, url });
  client.on('error', () => {}); // it would end the process; the client connects again
  await client.connect();
  // A user who may not ask is one of a server alone: a cluster's own tools make its users.
  const role = await client.sendCommand(['INFO', 'cluster']).catch(() => '');
  if (!String(role).includes('cluster_enabled:1')) {
    connected = true;
    return client;
  }
  client.destroy();
  const cluster = createCluster({ rootNodes: [{ url }], defaults: { ...settings, ...ofEveryNode(url, settings) } });
  cluster.on('error', () => {});
  await cluster.connect();
  connected = true;
  return cluster;
}

/** What a URL says of the servers of a cluster that are found through its own. */
function ofEveryNode(url: string, { socket }: Pick<RedisClientOptions, 'socket'>): RedisClientOptions {
  const { protocol, username, password } = new URL(url);
  return {
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    ...(protocol === 'rediss:' && { socket: { ...socket, tls: true } }),
  };
}
