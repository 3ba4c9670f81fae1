import { codeOf, type ScriptSender } from './client.ts';
import type { Load, Run, Value } from './load.ts';
import { MAX_SIZE_TOGETHER, MAX_TOGETHER, perKeyQueue } from './per-key-queue.ts';

/** Runs a row of values on a key, and resolves with its outcome. */
export type RunRow = (key: string, values: readonly Value[]) => Promise<unknown>;

/** Rows that have their turn on a key, and stay together. */
interface Group {
  readonly key: string;
  readonly runs: readonly Run[];
  /** What the rows hold, in characters. */
  readonly size: number;
}

/**
 * Runs a script that takes rows, each of a key and as many values, and gives an outcome for each, or an error.
 *
 * The rows of a key run in the order of the calls, each once all before it are done: scripts that are sent at a time
 * change their order where a server does not know the script yet, or the key is moving to another one. Rows that come
 * in one turn of the event loop share a script, since a call of one takes Redis longer than a row, as long as it takes
 * about 1 ms: Redis does nothing else meanwhile, and all rows wait for the last. A cluster takes only those of a key
 * together.
 */
export function rowsInTurn(sender: ScriptSender, load: Load, script: string): RunRow {
  let apart = sender.isCluster;
  let gathered: Group[] = [];
  const queue = perKeyQueue<Run>((key, runs) => {
    const size = runs.reduce((sum, run) => sum + run.size, 0);
    if (gathered.push({ key, runs, size }) === 1) setImmediate(sendGathered);
  });

  function sendGathered(): void {
    const groups = gathered;
    gathered = [];
    let together: Group[] = [];
    let rows = 0;
    let size = 0;
    for (const group of groups) {
      rows += group.runs.length;
      size += group.size;
      if (together.length > 0 && (apart || rows > MAX_TOGETHER || size > MAX_SIZE_TOGETHER)) {
        send(together);
        together = [];
        rows = group.runs.length;
        size = group.size;
      }
      together.push(group);
    }
    if (together.length > 0) send(together);
  }

  function send(groups: readonly Group[]): void {
    const keys: string[] = [];
    const values: string[] = [];
    const runs: Run[] = [];
    for (const group of groups) {
      for (const run of group.runs) {
        if (run.isGivenUp) {
          run.resolve(undefined); // it waits no more; its caller, who may send it again, heard that it is not kept
          continue;
        }
        keys.push(group.key);
        values.push(...run.values);
        runs.push(run);
      }
    }
    // The turn is over before the callers hear of it, so that what they ask for next need not wait for it.
    const done = () => {
      for (const { key } of groups) queue.done(key);
    };
    if (runs.length === 0) {
      done();
      return;
    }
    sender.send(script, keys, values).then(
      (outcomes) => {
        done();
        for (const [at, run] of runs.entries()) settle(run, (outcomes as readonly unknown[])[at]);
      },
      (error) => {
        if (groups.length > 1 && codeOf(error) === 'CROSSSLOT') {
          apart = true; // one address of many servers, which ran nothing
          for (const group of groups) send([group]);
          return;
        }
        done();
        for (const run of runs) run.reject(error);
      },
    );
  }

  return (key, values) =>
    load.wait(
      values,
      (run) => queue.add(key, run),
      (run) => queue.remove(key, run),
    );
}

function settle(run: Run, outcome: unknown): void {
  if (outcome instanceof Error) run.reject(outcome);
  else run.resolve(outcome);
}
