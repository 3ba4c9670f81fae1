import { startTimeout } from '../../../src/common/timeout.ts';
import { StoreUnavailable } from '../../../src/session/store.ts';
import { ANSWER_TIMEOUT, MAX_WAITING_SIZE } from '../shared/limits.ts';
import { toStoreError } from './errors.ts';

/** Bounds the calls that wait for Redis, in number, in size, and in time. */
export interface Limiter {
  /**
   * Starts a call, and settles as it does. Rejects with `StoreUnavailable` when too much waits, when Redis is away, or
   * when the call takes longer than `ANSWER_TIMEOUT`; it may then have been run or not.
   *
   * @param cancel Called at the timeout; tells whether the call was taken back before it was sent.
   */
  call(
    values: readonly Value[],
    start: (call: PendingCall) => void,
    cancel?: (call: PendingCall) => boolean,
  ): Promise<unknown>;
}

/** A call of a script, or a row of one, that waits for its outcome. */
export interface PendingCall {
  readonly values: string[];
  /** What the values hold, in characters. */
  readonly size: number;
  /** Whether its caller was told that it takes too long. */
  timedOut: boolean;
  resolve(outcome: unknown): void;
  reject(error: unknown): void;
}

export type Value = string | number;

/**
 * @param maxWaiting How many calls wait at most, those that timed out and were sent included.
 * @param failed Told of what each call that fails rejects with, as the client has it.
 */
export function limiter(maxWaiting: number, failed: (error: unknown) => void): Limiter {
  let waiting = 0;
  let waitingSize = 0;

  return {
    call(values, start, cancel) {
      const texts = values.map(String);
      let size = 0;
      for (const text of texts) size += text.length;
      if (waiting >= maxWaiting || waitingSize + size > MAX_WAITING_SIZE) {
        return Promise.reject(new StoreUnavailable('Too much waits for Redis already'));
      }
      waiting += 1;
      waitingSize += size;
      return new Promise((resolve, reject) => {
        const finish = () => {
          cancelTimeout();
          waitingSize -= size;
          waiting -= 1;
        };
        const call: PendingCall = {
          values: texts,
          size,
          timedOut: false,
          resolve(outcome) {
            finish();
            resolve(outcome);
          },
          reject(error) {
            finish();
            failed(error);
            reject(toStoreError(error));
          },
        };
        const cancelTimeout = startTimeout(ANSWER_TIMEOUT, () => {
          call.timedOut = true;
          reject(new StoreUnavailable('Redis is too slow'));
          if (cancel?.(call)) finish();
        });
        start(call);
      });
    },
  };
}
