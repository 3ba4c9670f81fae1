import { foreignCursor } from '../../../src/session/session-query.ts';
import { FILE, INDEX, LIST, MOVE_EARLIER, MOVE_LATER, TAKE } from './index-scripts.ts';
import type { RunScript } from './load.ts';

/**
 * Finds sessions by their deadline and by their start. It is cut into shards, which a cluster spreads over its
 * servers; a session is of the same shard for ever.
 */
export interface RedisIndex {
  add(entry: IndexEntry, due: number): Promise<void>;
  /** Has the close of a session looked at earlier. */
  moveEarlier(entry: IndexEntry, due: number): Promise<void>;
  /** Has the close of a session looked at later. */
  moveLater(entry: IndexEntry, due: number): Promise<void>;
  /** Takes at most `limit` sessions that are due from one shard. Nobody else gets them before `until`. */
  take(shard: number, now: number, until: number, limit: number): Promise<IndexEntry[]>;
  /** Files sessions that were taken from a shard under the time to look at them again; undefined: never. */
  file(shard: number, until: number, looked: ReadonlyMap<IndexEntry, number | undefined>): Promise<void>;
  /** At most `limit` sessions that started before another, newest first. */
  before(cursor: string | undefined, limit: number): Promise<readonly IndexEntry[]>;
}

/** A session in the index: `{startedAt}:{sid}`, in the order of start. */
export type IndexEntry = string;

/** How many servers of a cluster can share the index, and how many scripts a look at all of it takes. */
export const SHARDS = 16;

const ENTRY = /^\d{16}:[\w.~-]{1,128}$/;

export function entryOf(sid: string, startedAt: number): IndexEntry {
  return `${String(Math.floor(startedAt)).padStart(16, '0')}:${sid}`;
}

export function sidOf(entry: IndexEntry): string {
  return entry.slice(17);
}

/**
 * @param run Runs what keeps something.
 * @param lookUp Runs what only reads.
 * @param timeToLive Of a shard that nobody uses any more, in milliseconds.
 */
export function redisIndex(run: RunScript, lookUp: RunScript, prefix: string, timeToLive: number): RedisIndex {
  const dueKeys = Array.from({ length: SHARDS }, (_, shard) => `${prefix}due:{${shard}}`);
  const listKeys = Array.from({ length: SHARDS }, (_, shard) => `${prefix}list:{${shard}}`);
  const keysOf = (shard: number) => [dueKeys[shard] ?? '', listKeys[shard] ?? ''];

  return {
    async add(entry, due) {
      await run(INDEX, keysOf(shardOf(entry)), [entry, due, timeToLive, due - timeToLive]);
    },

    async moveEarlier(entry, due) {
      await run(MOVE_EARLIER, keysOf(shardOf(entry)).slice(0, 1), [entry, due]);
    },

    async moveLater(entry, due) {
      await run(MOVE_LATER, keysOf(shardOf(entry)).slice(0, 1), [entry, due]);
    },

    async take(shard, now, until, limit) {
      return (await run(TAKE, keysOf(shard), [now, until, limit, timeToLive])) as IndexEntry[]; // as add() wrote them
    },

    async file(shard, until, looked) {
      const values = [...looked].flatMap(([entry, due]) => [entry, due ?? '']);
      if (values.length > 0) await run(FILE, keysOf(shard), [until, ...values]);
    },

    async before(cursor, limit) {
      if (cursor !== undefined && !ENTRY.test(cursor)) throw foreignCursor();
      const start = cursor === undefined ? '+' : `(${cursor}`;
      const lists = await Promise.all(listKeys.map((key) => lookUp(LIST, [key], [start, limit])));
      return (lists as IndexEntry[][]).flat().sort().reverse().slice(0, limit); // as add() wrote them
    },
  };
}

/** The shard of a session, by a hash of its sid (FNV-1a). */
function shardOf(entry: IndexEntry): number {
  let hash = 0x811c9dc5;
  for (const character of sidOf(entry)) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return (hash >>> 0) % SHARDS;
}
