import { createHash } from 'node:crypto';
import { StoreUnavailable } from '../../src/session/store.ts';
import { startPatience } from './patience.ts';
import { turns } from './turns.ts';

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

/** Runs scripts on a client, with a bound on what waits for it. */
export interface Scripts {
  /** Rejects with `StoreUnavailable` when Redis is away or too slow; the script may then have run or not. */
  run(script: string, keys: readonly string[], values: readonly Value[]): Promise<unknown>;
  /** As `run`, for a script that keeps nothing. Those that wait have a bound of their own. */
  read(script: string, keys: readonly string[], values: readonly Value[]): Promise<unknown>;
  /**
   * Gives how to run a script on a key in the order of the calls, each once all before it are done: commands that are
   * sent together change their order where a server does not know the script yet, or the key is moving to another one.
   */
  inTurn(script: TurnScript): (key: string, values: readonly Value[]) => Promise<unknown>;
  /** Has an operation of the store run all its scripts, also when the store is being closed meanwhile. */
  operate<Outcome>(operation: () => Promise<Outcome>): Promise<Outcome>;
  /** Refuses all operations that come from now on, and resolves when those under way are done. */
  close(): Promise<void>;
}

/** A script that runs in turn on a key. */
export interface TurnScript {
  /** Runs once. */
  readonly one: string;
  /** Runs as many times as its values fill rows of `width`, and gives an outcome for each. */
  readonly many: string;
  /** The most values of a run. What is left out at the end is empty in a row. */
  readonly width: number;
}

type Value = string | number;

/** How long an answer may take, in milliseconds. A request takes up to two scripts, and 2 s at most. */
const PATIENCE = 900;
/** The most scripts that wait for their answer, also in vain. */
const MAX_WAITING = 10_000;
/** The most of those that only read, apart, so that however much is read, events are kept and not late. */
const MAX_READING = 2000;
/** The most that their keys and values hold, in characters. */
const MAX_SIZE = 64 * 1024 * 1024;

/** What waits of one kind. */
interface Load {
  readonly most: number;
  waiting: number;
  size: number;
}

/** A run of a script that waits for its answer, within the bounds and no longer than the patience lasts. */
interface Run {
  readonly values: string[];
  resolve(reply: unknown): void;
  reject(error: unknown): void;
}

export function scripts(client: RedisClient): Scripts {
  client.on('error', ignore); // the loss of a connection would end the process; the client makes another
  // The timeout of node-redis makes an AbortSignal for every command, which takes as long as all the rest. A cluster
  // needs it: what waits for a node that is away would count against the others until that is back.
  const timeout = 'masters' in client ? PATIENCE : 0;
  const commands = client.withCommandOptions?.({ timeout }) ?? client;
  const hashes = new Map<string, string>();
  const writes: Load = { most: MAX_WAITING, waiting: 0, size: 0 };
  const reads: Load = { most: MAX_READING, waiting: 0, size: 0 };
  let operations = 0;
  let closed = false;
  const whenIdle: (() => void)[] = [];

  async function send(script: string, options: ScriptOptions): Promise<unknown> {
    if (client.isReady === false) throw new StoreUnavailable('Redis is not connected');
    try {
      return await commands.evalSha(hashOf(script), options);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return commands.eval(script, options); // the server is new, or was started anew
    }
  }

  function hashOf(script: string): string {
    const known = hashes.get(script);
    if (known !== undefined) return known;
    const hash = createHash('sha1').update(script).digest('hex');
    hashes.set(script, hash);
    return hash;
  }

  /** Sends runs that have their turn on a key, in one command. */
  function sendTogether({ one, many, width }: TurnScript, key: string, runs: readonly Run[]): Promise<unknown> {
    const [first] = runs;
    if (first && runs.length === 1) return send(one, { keys: [key], arguments: first.values });
    const rows = runs.flatMap(({ values }) => [...values, ...new Array<string>(width - values.length).fill('')]);
    return send(many, { keys: [key], arguments: rows });
  }

  /** @param giveUp Called when the patience is over; says whether the run will not be sent any more. */
  function wait(
    load: Load,
    values: readonly Value[],
    begin: (run: Run) => void,
    giveUp: (run: Run) => boolean = () => false,
  ): Promise<unknown> {
    const texts = values.map(String);
    let length = 0;
    for (const text of texts) length += text.length;
    if (load.waiting >= load.most || load.size + length > MAX_SIZE) {
      return Promise.reject(new StoreUnavailable('Too much waits for Redis already'));
    }
    load.waiting += 1;
    load.size += length;
    return new Promise((resolve, reject) => {
      const settled = () => {
        stopPatience();
        load.size -= length;
        load.waiting -= 1;
      };
      const run: Run = {
        values: texts,
        resolve(reply) {
          settled();
          resolve(reply);
        },
        reject(error) {
          settled();
          reject(rejection(error));
        },
      };
      const stopPatience = startPatience(PATIENCE, () => {
        reject(new StoreUnavailable('Redis is too slow'));
        if (giveUp(run)) settled();
      });
      begin(run);
    });
  }

  function run(load: Load, script: string, keys: readonly string[], values: readonly Value[]): Promise<unknown> {
    return wait(load, values, ({ values, resolve, reject }) => {
      send(script, { keys: [...keys], arguments: values }).then(resolve, reject);
    });
  }

  return {
    run: (script, keys, values) => run(writes, script, keys, values),
    read: (script, keys, values) => run(reads, script, keys, values),

    inTurn(script) {
      // The turn is over before the callers hear of it, so that what they ask for next need not wait for it.
      const queue = turns<Run>((key, runs) => {
        sendTogether(script, key, runs).then(
          (reply) => {
            queue.done(key);
            const replies = runs.length === 1 ? [reply] : (reply as readonly unknown[]);
            for (let at = 0; at < runs.length; at++) runs[at]?.resolve(replies[at]);
          },
          (error) => {
            queue.done(key);
            for (const run of runs) run.reject(error);
          },
        );
      });
      return (key, values) =>
        wait(
          writes,
          values,
          (run) => queue.add(key, run),
          (run) => queue.remove(key, run),
        );
    },

    async operate(operation) {
      if (closed) throw new StoreUnavailable('The store is closed');
      operations += 1;
      try {
        return await operation();
      } finally {
        operations -= 1;
        if (operations === 0) for (const resolve of whenIdle) resolve();
      }
    },

    async close() {
      closed = true;
      if (operations > 0) await new Promise<void>((resolve) => whenIdle.push(resolve));
      client.off('error', ignore);
    },
  };
}

/** The codes of Redis that say a script is wrong; all others say that the server cannot run it now. */
const PERMANENT = new Set(['ERR', 'WRONGTYPE', 'CROSSSLOT', 'NOSCRIPT']);

/** A failure as the store rejects with it: `StoreUnavailable` when it may pass. */
function rejection(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof StoreUnavailable) return error;
  // Before Redis 7 the code of what a script called stands within the message.
  const [, code] =
    /^ERR Error running script.*: -([A-Z]{3,}) /.exec(error.message) ?? /^([A-Z]{3,}) /.exec(error.message) ?? [];
  if (code !== undefined && PERMANENT.has(code)) return error;
  return new StoreUnavailable(`Redis cannot be used now: ${error.message || error.constructor.name}`, { cause: error });
}

function ignore(): void {}
