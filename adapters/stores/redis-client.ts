import { createHash } from 'node:crypto';
import { StoreUnavailable } from '../../src/session/store.ts';
import { startPatience } from './patience.ts';

/** What the store needs of a client: a client of node-redis has it, and a cluster of it. */
export interface RedisClient extends RedisCommands {
  on(event: 'error', listener: (error: Error) => void): unknown;
  off(event: 'error', listener: (error: Error) => void): unknown;
  /** Whether commands are sent, not queued until there is a connection. */
  readonly isReady?: boolean;
  /** `timeout`: the milliseconds after which a command that was not sent yet is given up; 0: never. */
  withCommandOptions?(options: { readonly timeout: number }): RedisCommands;
}

interface RedisCommands {
  eval(script: string, options: ScriptOptions): Promise<unknown>;
  evalSha(sha1: string, options: ScriptOptions): Promise<unknown>;
}

interface ScriptOptions {
  readonly keys: string[];
  readonly arguments: string[];
}

/** Runs scripts on a client, with a bound on what waits for it. */
export interface Scripts {
  /** Rejects with `StoreUnavailable` when Redis is away or too slow; the script may then have run or not. */
  run(script: string, keys: readonly string[], values: readonly (string | number)[]): Promise<unknown>;
  /** Resolves when nothing is under way any more, and refuses all that comes from now on. */
  close(): Promise<void>;
}

/** How long an answer may take, in milliseconds. A request takes up to two scripts, and 2 s at most. */
const PATIENCE = 900;
/** The most scripts that wait for their answer, also in vain. */
const MAX_WAITING = 10_000;
/** The most that their keys and values hold, in characters. */
const MAX_SIZE = 64 * 1024 * 1024;

export function scripts(client: RedisClient): Scripts {
  client.on('error', ignore); // the loss of a connection would end the process; the client makes another
  // The timeout of node-redis makes an AbortSignal for every command, which takes as long as all the rest.
  const commands = client.withCommandOptions?.({ timeout: 0 }) ?? client;
  const hashes = new Map<string, string>();
  let underWay = 0;
  let size = 0;
  let closed: (() => void) | undefined;

  /** Sends the hash of a script, and the script when this server does not know it yet. */
  function send(script: string, options: ScriptOptions): Promise<unknown> {
    return commands.evalSha(hashOf(script), options).catch((error: unknown) => {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return commands.eval(script, options);
    });
  }

  function hashOf(script: string): string {
    const known = hashes.get(script);
    if (known !== undefined) return known;
    const hash = createHash('sha1').update(script).digest('hex');
    hashes.set(script, hash);
    return hash;
  }

  return {
    run(script, keys, values) {
      if (closed) return Promise.reject(new StoreUnavailable('The store is closed'));
      if (client.isReady === false) return Promise.reject(new StoreUnavailable('Redis is not connected'));
      const options = { keys: [...keys], arguments: values.map(String) };
      let length = 0;
      for (const value of options.arguments) length += value.length;
      if (underWay >= MAX_WAITING || size + length > MAX_SIZE) {
        return Promise.reject(new StoreUnavailable('Too much waits for Redis already'));
      }
      underWay += 1;
      size += length;
      return new Promise((resolve, reject) => {
        const stopPatience = startPatience(PATIENCE, () => reject(new StoreUnavailable('Redis is too slow')));
        const settled = () => {
          stopPatience();
          size -= length;
          underWay -= 1;
          if (underWay === 0) closed?.();
        };
        send(script, options).then(
          (reply) => {
            settled();
            resolve(reply);
          },
          (error) => {
            settled();
            reject(rejection(error));
          },
        );
      });
    },

    async close() {
      await new Promise<void>((resolve) => {
        closed = resolve;
        if (underWay === 0) return resolve();
        setTimeout(resolve, PATIENCE); // by then all is answered, or refused
      });
      client.off('error', ignore);
    },
  };
}

/** The codes of Redis that say a script is wrong; all others say that the server cannot run it now. */
const PERMANENT = new Set(['ERR', 'WRONGTYPE', 'CROSSSLOT', 'NOSCRIPT']);

/** A failure as the store rejects with it: `StoreUnavailable` when it may pass. */
function rejection(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof TypeError) return error;
  const [, code] = /^([A-Z]{3,}) /.exec(error.message) ?? [];
  if (code !== undefined && PERMANENT.has(code)) return error;
  return new StoreUnavailable(`Redis cannot be used now: ${error.message || error.name}`, { cause: error });
}

function ignore(): void {}
