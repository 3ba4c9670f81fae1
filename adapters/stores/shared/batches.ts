import { StoreUnavailable } from '../../../src/session/store.ts';
import { ANSWER_TIMEOUT, MAX_WAITING, MAX_WAITING_SIZE } from './limits.ts';

/** An operation to be written, and how its caller is told of the outcome. */
export interface Pending<Operation> {
  readonly operation: Operation;
  resolve(outcome: unknown): void;
  reject(error: unknown): void;
}

/**
 * Writes operations in batches, so that one wait for the disk or the network serves all of them: what comes in one
 * turn of the event loop, and all that comes while a batch is written, is the next batch. An operation that finds the
 * queue full, or waits too long in it, is rejected.
 */
export interface Batches<Operation> {
  /**
   * Resolves with what `write` makes of the operation; rejects with `StoreUnavailable` when it is rejected.
   *
   * @param size What it takes to hold the operation while it waits: characters, roughly.
   */
  add(operation: Operation, size: number): Promise<unknown>;
  /** Rejects all that is added from now on, and resolves when nothing waits any more. */
  close(): Promise<void>;
}

export interface BatchesOptions {
  /**
   * The most that the operations of a batch hold, in characters, unless one alone holds more: no limit. It is lowered
   * while batches take too long, so that a slow store keeps less rather than nothing.
   */
  readonly maxBatchSize?: number;
}

interface Queued<Operation> extends Pending<Operation> {
  readonly size: number;
  /** By the monotonic clock, in milliseconds. */
  readonly queuedAt: number;
}

/** The most operations of a batch: what SQLite, on the thread of the server, writes in about 30 ms. */
const MAX_BATCH_LENGTH = 1000;
/** How far the size of a batch is lowered at most, in characters: hundreds of usual events. */
const MIN_BATCH_SIZE = 64 * 1024;

/**
 * @param write Writes a batch, and resolves or rejects each of its operations within `ANSWER_TIMEOUT`. When it
 * rejects, so do the operations that are left.
 */
export function batches<Operation>(
  write: (batch: readonly Pending<Operation>[]) => Promise<void>,
  { maxBatchSize = Number.POSITIVE_INFINITY }: BatchesOptions = {},
): Batches<Operation> {
  let queue: Queued<Operation>[] = [];
  let queueSize = 0;
  let batchSize = maxBatchSize;
  let closed = false;
  let writing: Promise<void> | undefined;

  async function writeAll(): Promise<void> {
    do {
      await endOfTurn();
      const batch = takeBatch();
      if (batch.length === 0) continue;
      const start = performance.now();
      await write(batch).catch((error) => batch.forEach(({ reject }) => void reject(error)));
      adaptBatchSize(sizeOf(batch), performance.now() - start);
    } while (queue.length > 0);
    writing = undefined;
  }

  /** Takes the next batch off the queue, without what has waited too long, which is rejected. */
  function takeBatch(): Queued<Operation>[] {
    const batch = queue.slice(0, nextBatchLength());
    queue = queue.slice(batch.length);
    queueSize -= sizeOf(batch);
    const earliest = performance.now() - ANSWER_TIMEOUT;
    const overdue = batch.filter(({ queuedAt }) => queuedAt < earliest);
    if (overdue.length === 0) return batch;
    for (const { reject } of overdue) {
      reject(new StoreUnavailable('The store is too slow for what it is asked to keep'));
    }
    return batch.filter(({ queuedAt }) => queuedAt >= earliest);
  }

  /** Counts the operations that fit in a batch, from the first of the queue on: one at least. */
  function nextBatchLength(): number {
    let size = 0;
    const tooMuch = queue.slice(0, MAX_BATCH_LENGTH).findIndex((operation) => {
      size += operation.size;
      return size > batchSize;
    });
    return tooMuch === -1 ? MAX_BATCH_LENGTH : Math.max(1, tooMuch);
  }

  /** Makes batches smaller after one that took a good part of the timeout, and larger after a large one that did not. */
  function adaptBatchSize(written: number, ms: number): void {
    if (ms > ANSWER_TIMEOUT / 2) batchSize = Math.min(batchSize, Math.max(written / 4, MIN_BATCH_SIZE));
    else if (ms < ANSWER_TIMEOUT / 4 && written > batchSize / 2) batchSize = Math.min(2 * batchSize, maxBatchSize);
  }

  return {
    add(operation, size) {
      if (closed) return Promise.reject(new StoreUnavailable('The store is closed'));
      if (queue.length >= MAX_WAITING || queueSize + size > MAX_WAITING_SIZE) {
        return Promise.reject(new StoreUnavailable('Too much waits for the store already'));
      }
      return new Promise((resolve, reject) => {
        queue.push({ operation, size, queuedAt: performance.now(), resolve, reject });
        queueSize += size;
        writing ??= writeAll();
      });
    },

    async close() {
      closed = true;
      await writing;
    },
  };
}

function sizeOf(operations: readonly Queued<unknown>[]): number {
  return operations.reduce((sum, { size }) => sum + size, 0);
}

/** Resolves once the callbacks of this turn of the event loop have run, so that all they ask for is in one batch. */
function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
