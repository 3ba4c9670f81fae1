import type { createClient } from 'redis';
import { redisStore } from '../../../../adapters/stores/redis/store.ts';
import { CannotRun, reasonOf } from '../../errors.ts';
import { CONNECT_TIMEOUT, loadDriver } from './driver.ts';
import type { OpenedStore, Retention } from './opened-store.ts';
import { withoutPassword } from './store-choice.ts';

/** Connects to a store in Redis. Throws a CannotRun. */
export async function openRedis(url: string, options: Retention): Promise<OpenedStore> {
  const redis = await loadDriver<{ readonly createClient: typeof createClient }>('redis', 'Redis');
  const name = withoutPassword(url);
  let connected = false;
  const client = redis.createClient({
    url,
    pingInterval: 1000, // so that a connection is idle only when the server is gone without a word
    socket: {
      connectTimeout: CONNECT_TIMEOUT,
      socketTimeout: 3000,
      reconnectStrategy: () => (connected ? 500 : false), // at the start one attempt must do; later there is another, soon
    },
  });
  client.on('error', () => {}); // it would end the process; the client connects again
  await client.connect().catch((error) => {
    throw new CannotRun(`cannot use the store ${name}: ${reasonOf(error)}`);
  });
  connected = true;
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
