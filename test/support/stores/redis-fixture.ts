import { createClient, type RedisClientType } from 'redis';
import { afterAll, beforeAll } from 'vitest';
import type { RedisClient } from '../../../adapters/stores/redis/client.ts';
import { type RedisServer, startRedis } from '../servers/redis.ts';

/** A server for the tests of a block, and a client of it. */
export interface RedisFixture {
  readonly server: RedisServer;
  readonly client: RedisClientType;
}

/** Starts a Redis server before the tests of a block, and removes it after them. */
export function useRedis(settings: Readonly<Record<string, string>> = {}): RedisFixture {
  let server: RedisServer;
  let client: RedisClientType;
  beforeAll(async () => {
    server = await startRedis({ appendfsync: 'no', ...settings });
    client = createClient({ url: server.url });
    await client.connect();
  });
  afterAll(async () => {
    client.destroy();
    await server.remove();
  });
  return {
    get server() {
      return server;
    },
    get client() {
      return client;
    },
  };
}

let prefixes = 0;

/** Gives a prefix of keys that no other test has. */
export function newPrefix(): string {
  return `test-${++prefixes}:`;
}

interface ScriptOptions {
  readonly keys: string[];
  readonly arguments: string[];
}

/** Makes a client that is connected to nothing: each script is given to `run`. */
export function scriptedClient(run: (options: ScriptOptions) => Promise<unknown>) {
  return {
    isReady: true,
    select: () => {},
    on: () => {},
    off: () => {},
    eval: (_: string, options: ScriptOptions) => run(options),
    evalSha: (_: string, options: ScriptOptions) => run(options),
  } satisfies RedisClient & { select: unknown }; // which tells it from other kinds of clients
}
