import { foreignCursor } from '../../../src/session/session-query.ts';
import { ADD, LIST, MOVE_EARLIER, MOVE_LATER, RESCHEDULE, TAKE } from './index-scripts.ts';
import type { RunScript } from './script-runner.ts';

/**
 * Finds sessions by their deadline and by their start. `due` is when the close of a session is checked: at its deadline
 * or earlier. The index is cut into shards, which a cluster spreads over its servers; a session never changes its shard.
 */
export interface RedisIndex {
  add(entry: IndexEntry, due: number): Promise<void>;
  /** Moves `due` of a session, unless it is earlier already. */
  moveEarlier(entry: IndexEntry, due: number): Promise<void>;
  /** Moves `due` of a session, whatever it was. */
  moveLater(entry: IndexEntry, due: number): Promise<void>;
  /** Takes at most `limit` sessions of a shard that are due. No other call gets them before `until`. */
  take(shard: number, now: number, until: number, limit: number): Promise<IndexEntry[]>;
  /** Sets `due` of sessions that were taken from a shard until a time; undefined: never. */
  reschedule(shard: number, until: number, nextChecks: ReadonlyMap<IndexEntry, number | undefined>): Promise<void>;
  /** Lists at most `limit` sessions that started before another, newest first. */
  listBefore(cursor: string | undefined, limit: number): Promise<readonly IndexEntry[]>;
}

/** A session in the index: `{startedAt}:{sid}`, in the order of start. */
export type IndexEntry = string;

/** How many servers of a cluster can share the index, and how many scripts it takes to read all of it. */
export const SHARDS = 16;

const ENTRY = /^\d{16}:[\w.~-]{1,128}$/;

export function entryOf(sid: string, startedAt: number): IndexEntry {
  return `${String(Math.floor(startedAt)).padStart(16, '0')}:${sid}`;
}

export function sidOf(entry: IndexEntry): string {
  return entry.slice(17);
}

/**
 * @param runWrite Runs a script that changes the index.
 * @param runRead Runs a script that only reads.
 * @param timeToLive Of a shard that nobody uses any more, in milliseconds.
 */
export function redisIndex(runWrite: RunScript, runRead: RunScript, prefix: string, timeToLive: number): RedisIndex {
  const dueKeys = Array.from({ length: SHARDS }, (_, shard) => `${prefix}due:{${shard}}`);
  const listKeys = Array.from({ length: SHARDS }, (_, shard) => `${prefix}list:{${shard}}`);
  const keysOf = (shard: number) => [dueKeys[shard] ?? '', listKeys[shard] ?? ''];

  return {
    async add(entry, due) {
      await runWrite(ADD, keysOf(shardOf(entry)), [entry, due, timeToLive, due - timeToLive]);
    },

    async moveEarlier(entry, due) {
      await runWrite(MOVE_EARLIER, keysOf(shardOf(entry)).slice(0, 1), [entry, due]);
    },

    async moveLater(entry, due) {
      await runWrite(MOVE_LATER, keysOf(shardOf(entry)).slice(0, 1), [entry, due]);
    },

    async take(shard, now, until, limit) {
      return (await runWrite(TAKE, keysOf(shard), [now, until, limit, timeToLive])) as IndexEntry[]; // as add() wrote them
    },

    async reschedule(shard, until, nextChecks) {
      const values = [...nextChecks].flatMap(([entry, due]) => [entry, due ?? '']);
      if (values.length > 0) await runWrite(RESCHEDULE, keysOf(shard), [until, ...values]);
    },

    async listBefore(cursor, limit) {
      if (cursor !== undefined && !ENTRY.test(cursor)) throw foreignCursor();
      const start = cursor === undefined ? '+' : `(${cursor}`;
      const lists = await Promise.all(listKeys.map((key) => runRead(LIST, [key], [start, limit])));
      return (lists as IndexEntry[][]).flat().sort().reverse().slice(0, limit); // as add() wrote them
    },
  };
}

/** Finds the shard of a session by a hash of its sid (FNV-1a). */
function shardOf(entry: IndexEntry): number {
  let hash = 0x811c9dc5;
  for (const character of sidOf(entry)) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return (hash >>> 0) % SHARDS;
}
