import { createHash } from 'node:crypto';
import { StoreUnavailable } from '../../../src/session/store.ts';
import { ANSWER_TIMEOUT } from '../shared/limits.ts';
import { isCluster, type RedisClient } from './client.ts';
import { redisCode } from './errors.ts';
import type { Limiter, Value } from './limiter.ts';

/** Sends scripts to Redis. */
export interface ScriptSender {
  /** Whether keys are on several servers, so that a script must have those of one slot. */
  readonly isCluster: boolean;
  /** Rejects with what the client does, or with `StoreUnavailable` when there is no connection. It may wait for ever. */
  send(script: string, keys: string[], values: string[]): Promise<unknown>;
  /** Lets go of the client, which stays open. */
  close(): void;
}

/** What no waiting mends: a client of one server never follows a key to the server of a cluster that has it. */
const NEEDS_CLUSTER =
  'redisStore: the server is one of a cluster; give it createCluster({ rootNodes: [{ url }] }) in place of createClient';

/** Runs a script, within the bounds of a limiter. */
export type RunScript = (script: string, keys: readonly string[], values: readonly Value[]) => Promise<unknown>;

export function scriptRunner(sender: ScriptSender, limiter: Limiter): RunScript {
  return (script, keys, values) =>
    limiter.call(values, (call) => {
      sender.send(script, [...keys], call.values).then(call.resolve, call.reject);
    });
}

export function scriptSender(client: RedisClient): ScriptSender {
  client.on('error', ignore); // the loss of a connection would end the process; the client makes another
  // The timeout of node-redis makes an AbortSignal for every command, which takes as long as all the rest. A cluster
  // needs it: what waits for a node that is away would count against the others until that is back.
  const timeout = isCluster(client) ? ANSWER_TIMEOUT : 0;
  const commands = client.withCommandOptions?.({ timeout }) ?? client;
  const hashes = new Map<string, string>();

  function hashOf(script: string): string {
    const known = hashes.get(script);
    if (known !== undefined) return known;
    const hash = createHash('sha1').update(script).digest('hex');
    hashes.set(script, hash);
    return hash;
  }

  return {
    isCluster: isCluster(client),

    async send(script, keys, values) {
      if (client.isReady === false) throw new StoreUnavailable('Redis is not connected');
      const options = { keys, arguments: values };
      try {
        return await commands.evalSha(hashOf(script), options);
      } catch (error) {
        const code = redisCode(error);
        if (code === 'MOVED' && !isCluster(client)) throw new TypeError(NEEDS_CLUSTER, { cause: error });
        if (code !== 'NOSCRIPT') throw error;
        return commands.eval(script, options); // the server is new, or was started anew
      }
    },

    close() {
      client.off('error', ignore);
    },
  };
}

function ignore(): void {}
