/** A number for each of the sids met last: a cache, which may be wrong where a database was replaced. */
export interface IdCache {
  get(sid: string): number | undefined;
  set(sid: string, id: number): void;
}

/** The most sids of a generation, 18 MB of heap for two of them. */
const GENERATION = 50_000;

/** Keeps what was set in the last two generations: at least `size` sids, at most twice as many. */
export function idCache(size = GENERATION): IdCache {
  let young = new Map<string, number>();
  let old = new Map<string, number>();
  return {
    get: (sid) => young.get(sid) ?? old.get(sid),

    set(sid, id) {
      if (young.size >= size && !young.has(sid)) {
        old = young;
        young = new Map();
      }
      young.set(sid, id);
    },
  };
}
