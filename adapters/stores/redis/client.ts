/** What the store needs of a client: a client of node-redis has it, and a cluster of it. */
export interface RedisClient extends RedisCommands {
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  /** Whether commands are sent, not queued until there is a connection. */
  readonly isReady?: boolean;
  /** `timeout`: the milliseconds after which a command that was not sent yet is given up; 0: never. */
  withCommandOptions?(options: { readonly timeout: number }): RedisCommands;
  /** Sends any command. What it takes is not the same for a server and for a cluster. */
  sendCommand?(...args: never): Promise<unknown>;
  /** A sentinel has it, which is not taken: it sends again what was under way. */
  readonly acquire?: never;
  /** A pool has it, which is not taken: it has no order. */
  readonly execute?: never;
}

/** How the store runs scripts. */
export interface RedisCommands {
  eval(script: string, options: RedisScriptOptions): Promise<unknown>;
  evalSha(sha1: string, options: RedisScriptOptions): Promise<unknown>;
}

/** What a script is run with. */
export interface RedisScriptOptions {
  readonly keys: string[];
  readonly arguments: string[];
}

/** Rejects all but a client of a server or of a cluster. A kind is told by what no other kind of node-redis has. */
export function checkClient(client: unknown): void {
  const has = (name: string) => typeof client === 'object' && client !== null && name in client;
  if (has('acquire')) {
    throw new TypeError(
      'redisStore: a sentinel of node-redis sends again what was under way when a server is lost, and an event would ' +
        'be kept twice; give it createClient({ url }) of an address that follows the master, or a cluster; ' +
        'see docs/stores.md#redis',
    );
  }
  if (has('execute')) {
    throw new TypeError(
      'redisStore: a pool of node-redis runs commands in any order, and events have one; give it createClient({ url }), ' +
        'whose one connection is enough; see docs/stores.md#redis',
    );
  }
  const isClient = has('select') && has('isReady');
  if (!has('evalSha') || !(isClient || isCluster(client))) {
    throw new TypeError(
      'redisStore: give it a client of node-redis, createClient({ url }) or createCluster({ rootNodes }); see ' +
        'docs/stores.md#redis',
    );
  }
}

/** Tells the client of a cluster, whose keys are on several servers. */
export function isCluster(client: unknown): boolean {
  return typeof client === 'object' && client !== null && 'masters' in client;
}
