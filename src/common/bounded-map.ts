/** A value for each of the sids met last, bounded: one that was neither set nor asked for in a long time is gone. */
export interface BoundedMap<Value> {
  get(sid: string): Value | undefined;
  set(sid: string, value: Value): void;
}

/** The most sids of a generation. Two of them take 18 MB of heap. */
const GENERATION = 50_000;

/** Keeps what was met in the last two generations: at least `size` sids, at most twice as many. */
export function boundedMap<Value extends NonNullable<unknown>>(size = GENERATION): BoundedMap<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();

  function set(sid: string, value: Value): void {
    if (young.size >= size && !young.has(sid)) {
      old = young;
      young = new Map();
    }
    young.set(sid, value);
  }

  return {
    get(sid) {
      const fresh = young.get(sid);
      if (fresh !== undefined) return fresh;
      const value = old.get(sid);
      if (value !== undefined) set(sid, value);
      return value;
    },
    set,
  };
}
