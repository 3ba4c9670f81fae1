import { StoreUnavailable } from '../../../src/session/store.ts';

/** An operation that waits to be written, and how its caller is told of the outcome. */
export interface Pending<Operation> {
  readonly operation: Operation;
  resolve(outcome: unknown): void;
  reject(error: unknown): void;
}

/**
 * Gathers operations into batches, so that one wait for the disk or the network serves all of them. What
 * comes in one turn of the event loop, and all that comes while a batch is under way, is the next batch.
 * Nothing waits without bound: an operation that finds the queue full, or waits too long, is rejected.
 */
export interface Batches<Operation> {
  /**
   * Resolves with what `write` makes of the operation; rejects with `StoreUnavailable` when it is rejected.
   *
   * @param size What it takes to hold the operation while it waits: characters, roughly.
   */
  add(operation: Operation, size: number): Promise<unknown>;
  /** Rejects all that comes from now on, and resolves when nothing waits any more. */
  close(): Promise<void>;
}

/** How long an operation may wait for its batch, and a batch for its outcome, in milliseconds: under 2 s together. */
export const ANSWER_TIMEOUT = 900;

/** The most operations of a batch: what SQLite, on the thread of the server, writes in about 30 ms. */
const MAX_BATCH = 1000;
/** The most operations that wait. */
const MAX_WAITING = 10_000;
/** The most that waiting operations hold, in characters. */
const MAX_SIZE = 64 * 1024 * 1024;
/** How far the size of a batch is lowered at most: hundreds of usual events. */
const MIN_BATCH_SIZE = 64 * 1024;

export interface BatchesOptions {
  /**
   * The most that the operations of a batch hold, in characters, unless one alone holds more: no limit. It is lowered
   * while batches take too long, so that a slow store keeps less rather than nothing.
   */
  readonly batchSize?: number;
}

interface Waiting<Operation> extends Pending<Operation> {
  readonly size: number;
  /** By the monotonic clock, in milliseconds. */
  readonly since: number;
}

/**
 * @param write Writes a batch, and resolves or rejects each of its operations within `PATIENCE`. When it
 * rejects, so do the operations that are left.
 */
export function batches<Operation>(
  write: (batch: readonly Pending<Operation>[]) => Promise<void>,
  { batchSize = Number.POSITIVE_INFINITY }: BatchesOptions = {},
): Batches<Operation> {
  let waiting: Waiting<Operation>[] = [];
  let size = 0;
  let limit = batchSize;
  let closed = false;
  let writing: Promise<void> | undefined;

  async function writeAll(): Promise<void> {
    do {
      await turnOfTheLoop();
      const batch = take();
      if (batch.length === 0) continue;
      const start = performance.now();
      await write(batch).catch((error) => batch.forEach(({ reject }) => void reject(error)));
      adaptLimit(sizeOf(batch), performance.now() - start);
    } while (waiting.length > 0);
    writing = undefined;
  }

  /** The next batch. What has waited too long is rejected rather than taken. */
  function take(): Waiting<Operation>[] {
    const batch = waiting.slice(0, countThatFit());
    waiting = waiting.slice(batch.length);
    size -= sizeOf(batch);
    const latest = performance.now() - ANSWER_TIMEOUT;
    const overdue = batch.filter(({ since }) => since < latest);
    for (const { reject } of overdue)
      reject(new StoreUnavailable('The store is too slow for what it is asked to keep'));
    return overdue.length > 0 ? batch.filter(({ since }) => since >= latest) : batch;
  }

  /** How many of those that wait longest fit in a batch: one at least. */
  function countThatFit(): number {
    let total = 0;
    const tooMuch = waiting.slice(0, MAX_BATCH).findIndex((next) => {
      total += next.size;
      return total > limit;
    });
    return tooMuch === -1 ? MAX_BATCH : Math.max(1, tooMuch);
  }

  /** Has batches hold less after one that took a good part of the patience, and more after a large one that did not. */
  function adaptLimit(written: number, milliseconds: number): void {
    if (milliseconds > ANSWER_TIMEOUT / 2) limit = Math.min(limit, Math.max(written / 4, MIN_BATCH_SIZE));
    else if (milliseconds < ANSWER_TIMEOUT / 4 && written > limit / 2) limit = Math.min(2 * limit, batchSize);
  }

  return {
    add(operation, operationSize) {
      if (closed) return Promise.reject(new StoreUnavailable('The store is closed'));
      if (waiting.length >= MAX_WAITING || size + operationSize > MAX_SIZE) {
        return Promise.reject(new StoreUnavailable('Too much waits for the store already'));
      }
      return new Promise((resolve, reject) => {
        waiting.push({ operation, size: operationSize, since: performance.now(), resolve, reject });
        size += operationSize;
        writing ??= writeAll();
      });
    },

    async close() {
      closed = true;
      await writing;
    },
  };
}

function sizeOf(operations: readonly Waiting<unknown>[]): number {
  return operations.reduce((sum, { size }) => sum + size, 0);
}

/** Resolves once the callbacks of this turn of the event loop have run, so that all they ask for is gathered. */
function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
