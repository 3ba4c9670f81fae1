import { redisCode } from './errors.ts';
import type { Limiter, PendingCall, Value } from './limiter.ts';
import { MAX_BATCH_LENGTH, MAX_BATCH_SIZE, perKeyQueue } from './per-key-queue.ts';
import type { ScriptSender } from './script-runner.ts';

/** Runs a script on a row, a key and its values, and resolves with its outcome. */
export type RunRow = (key: string, values: readonly Value[]) => Promise<unknown>;

/** Rows of one key, which stay together. */
interface Group {
  readonly key: string;
  readonly rows: readonly PendingCall[];
  /** What the rows hold, in characters. */
  readonly size: number;
}

/**
 * Runs a script that takes many rows, each of a key and as many values, and gives an outcome for each, or an error.
 *
 * The rows of a key run in the order of the calls, each once all before it are done: scripts that are sent at a time
 * change their order where a server does not know the script yet, or the key is moving to another one. Rows that come
 * in one turn of the event loop share a script, since a call of one takes Redis longer than a row, as long as it takes
 * about 1 ms: Redis does nothing else meanwhile, and all rows wait for the last. A cluster takes only those of a key
 * together.
 */
export function rowBatcher(sender: ScriptSender, limiter: Limiter, script: string): RunRow {
  let oneKeyAtATime = sender.isCluster;
  let gathered: Group[] = [];
  const queue = perKeyQueue<PendingCall>((key, rows) => {
    const size = rows.reduce((sum, row) => sum + row.size, 0);
    if (gathered.push({ key, rows, size }) === 1) setImmediate(sendGathered);
  });

  function sendGathered(): void {
    const groups = gathered;
    gathered = [];
    let batch: Group[] = [];
    let length = 0;
    let size = 0;
    for (const group of groups) {
      length += group.rows.length;
      size += group.size;
      if (batch.length > 0 && (oneKeyAtATime || length > MAX_BATCH_LENGTH || size > MAX_BATCH_SIZE)) {
        send(batch);
        batch = [];
        length = group.rows.length;
        size = group.size;
      }
      batch.push(group);
    }
    if (batch.length > 0) send(batch);
  }

  function send(groups: readonly Group[]): void {
    const keys: string[] = [];
    const values: string[] = [];
    const rows: PendingCall[] = [];
    for (const group of groups) {
      for (const row of group.rows) {
        if (row.timedOut) {
          row.resolve(undefined); // its caller, who may send it again, heard that it is not kept
          continue;
        }
        keys.push(group.key);
        values.push(...row.values);
        rows.push(row);
      }
    }
    if (rows.length === 0) {
      finish(groups);
      return;
    }
    // The keys are free before the callers hear of it, so that what they ask for next need not wait for these.
    sender.send(script, keys, values).then(
      (outcomes) => {
        finish(groups);
        for (const [at, row] of rows.entries()) settle(row, (outcomes as readonly unknown[])[at]);
      },
      (error) => {
        if (groups.length > 1 && redisCode(error) === 'CROSSSLOT') {
          oneKeyAtATime = true; // one address of many servers, which ran nothing
          for (const group of groups) send([group]);
          return;
        }
        finish(groups);
        for (const row of rows) row.reject(error);
      },
    );
  }

  function finish(groups: readonly Group[]): void {
    for (const { key } of groups) queue.finish(key);
  }

  return (key, values) =>
    limiter.call(
      values,
      (row) => queue.add(key, row),
      (row) => queue.remove(key, row),
    );
}

function settle(row: PendingCall, outcome: unknown): void {
  if (outcome instanceof Error) row.reject(outcome);
  else row.resolve(outcome);
}
