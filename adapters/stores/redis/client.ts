import { createHash } from 'node:crypto';
import { isStoreUnavailable, StoreUnavailable } from '../../../src/session/store.ts';

/** What the store needs of a client: a client of node-redis has it, and a cluster of it. */
export interface RedisClient extends RedisCommands {
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  /** Whether commands are sent, not queued until there is a connection. */
  readonly isReady?: boolean;
  /** `timeout`: the milliseconds after which a command that was not sent yet is given up; 0: never. */
  withCommandOptions?(options: { readonly timeout: number }): RedisCommands;
  /** A sentinel has it, which is not taken: it sends again what was under way. */
  readonly acquire?: never;
  /** A pool has it, which is not taken: it has no order. */
  readonly execute?: never;
}

interface RedisCommands {
  eval(script: string, options: ScriptOptions): Promise<unknown>;
  evalSha(sha1: string, options: ScriptOptions): Promise<unknown>;
}

interface ScriptOptions {
  readonly keys: string[];
  readonly arguments: string[];
}

/** Has Redis run scripts. */
export interface ScriptSender {
  /** Whether keys are on several servers, so that a script must have those of one slot. */
  readonly isCluster: boolean;
  /** Rejects with what the client does, or with `StoreUnavailable` when there is no connection. It may wait for ever. */
  send(script: string, keys: string[], values: string[]): Promise<unknown>;
  /** Lets go of the client. */
  release(): void;
}

/** @param patience How long a cluster may take until it sends a script to a node, in milliseconds. */
export function scriptSender(client: RedisClient, patience: number): ScriptSender {
  client.on('error', ignore); // the loss of a connection would end the process; the client makes another
  const isCluster = 'masters' in client;
  // The timeout of node-redis makes an AbortSignal for every command, which takes as long as all the rest. A cluster
  // needs it: what waits for a node that is away would count against the others until that is back.
  const commands = client.withCommandOptions?.({ timeout: isCluster ? patience : 0 }) ?? client;
  const hashes = new Map<string, string>();

  function hashOf(script: string): string {
    const known = hashes.get(script);
    if (known !== undefined) return known;
    const hash = createHash('sha1').update(script).digest('hex');
    hashes.set(script, hash);
    return hash;
  }

  return {
    isCluster,

    async send(script, keys, values) {
      if (client.isReady === false) throw new StoreUnavailable('Redis is not connected');
      const options = { keys, arguments: values };
      try {
        return await commands.evalSha(hashOf(script), options);
      } catch (error) {
        if (codeOf(error) !== 'NOSCRIPT') throw error;
        return commands.eval(script, options); // the server is new, or was started anew
      }
    },

    release() {
      client.off('error', ignore);
    },
  };
}

/** The code of an error that Redis answered with: `NOSCRIPT` and the like. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // Before Redis 7 the code of what a script called stands within the message.
  const [, code] =
    /^(?:ERR Error running script|@user_script).*: -([A-Z]{3,}) /.exec(error.message) ??
    /^([A-Z]{3,}) /.exec(error.message) ??
    [];
  return code;
}

/** The codes of Redis that say a script is wrong; all others say that the server cannot run it now. */
const PERMANENT = new Set(['ERR', 'WRONGTYPE', 'CROSSSLOT', 'NOSCRIPT']);

/** A failure as the store rejects with it: `StoreUnavailable` when it may pass. */
export function toStoreError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof TypeError || isStoreUnavailable(error)) return error;
  const code = codeOf(error);
  if (code !== undefined && PERMANENT.has(code)) return error;
  return new StoreUnavailable(`Redis cannot be used now: ${error.message || error.constructor.name}`, { cause: error });
}

/** Rejects all but a client of a server or of a cluster. A kind is told by what no other kind of node-redis has. */
export function checkClient(client: unknown): void {
  const has = (name: string) => typeof client === 'object' && client !== null && name in client;
  if (has('acquire')) {
    throw new TypeError(
      'redisStore: a sentinel of node-redis sends again what was under way when a server is lost, and an event would ' +
        'be kept twice; give it createClient({ url }) of an address that follows the master, or a cluster',
    );
  }
  if (has('execute')) {
    throw new TypeError(
      'redisStore: a pool of node-redis runs commands in any order, and events have one; give it createClient({ url }), ' +
        'whose one connection is enough',
    );
  }
  const isClient = has('select') && has('isReady');
  if (!has('evalSha') || !(isClient || has('masters'))) {
    throw new TypeError(
      'redisStore: give it a client of node-redis, createClient({ url }) or createCluster({ rootNodes })',
    );
  }
}

function ignore(): void {}
