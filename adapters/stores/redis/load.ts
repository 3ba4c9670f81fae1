import { startTimeout } from '../../../src/common/timeout.ts';
import { StoreUnavailable } from '../../../src/session/store.ts';
import { type ScriptSender, toStoreError } from './client.ts';

/** Bounds what waits for Redis, in number, in size, and in time. */
export interface Load {
  /**
   * Resolves as the run does that begins. Rejects with `StoreUnavailable` when too much waits, when Redis is away, or
   * when it takes longer than the patience; what was begun may then be done or not.
   *
   * @param giveUp Called when the patience is over; says whether the run was taken back before it began.
   */
  wait(values: readonly Value[], begin: (run: Run) => void, giveUp?: (run: Run) => boolean): Promise<unknown>;
}

/** A script, or a row of the values of one, that waits for its outcome. */
export interface Run {
  readonly values: string[];
  /** What the values hold, in characters. */
  readonly size: number;
  /** Whether its caller was told that it takes too long. */
  isGivenUp: boolean;
  resolve(outcome: unknown): void;
  reject(error: unknown): void;
}

export type Value = string | number;

/** Runs a script. */
export type RunScript = (script: string, keys: readonly string[], values: readonly Value[]) => Promise<unknown>;

/** How long an outcome may take, in milliseconds. A request takes up to two scripts, and 2 s at most. */
export const ANSWER_TIMEOUT = 900;
/** The most that the values of what waits hold, in characters. */
const MAX_SIZE = 64 * 1024 * 1024;

/** @param most How many wait at most, also in vain. */
export function load(most: number): Load {
  let waiting = 0;
  let size = 0;

  return {
    wait(values, begin, giveUp) {
      const texts = values.map(String);
      let length = 0;
      for (const text of texts) length += text.length;
      if (waiting >= most || size + length > MAX_SIZE) {
        return Promise.reject(new StoreUnavailable('Too much waits for Redis already'));
      }
      waiting += 1;
      size += length;
      return new Promise((resolve, reject) => {
        const leave = () => {
          stopPatience();
          size -= length;
          waiting -= 1;
        };
        const run: Run = {
          values: texts,
          size: length,
          isGivenUp: false,
          resolve(outcome) {
            leave();
            resolve(outcome);
          },
          reject(error) {
            leave();
            reject(toStoreError(error));
          },
        };
        const stopPatience = startTimeout(ANSWER_TIMEOUT, () => {
          run.isGivenUp = true;
          reject(new StoreUnavailable('Redis is too slow'));
          if (giveUp?.(run)) leave();
        });
        begin(run);
      });
    },
  };
}

export function scriptRunner(sender: ScriptSender, load: Load): RunScript {
  return (script, keys, values) =>
    load.wait(values, (run) => {
      sender.send(script, [...keys], run.values).then(run.resolve, run.reject);
    });
}
