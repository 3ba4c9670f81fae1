/** A map that forgets what was neither set nor read for long, so that its size is bounded. */
export interface BoundedMap<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}

/** The most keys of a generation. With sids for keys, two generations take 18 MB of heap. */
const GENERATION = 50_000;

/** Keeps what was used in the last two generations: at least `size` keys, at most twice as many. */
export function boundedMap<Value extends NonNullable<unknown>>(size = GENERATION): BoundedMap<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();

  function set(key: string, value: Value): void {
    if (young.size >= size && !young.has(key)) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  }

  return {
    get(key) {
      const fresh = young.get(key);
      if (fresh !== undefined) return fresh;
      const value = old.get(key);
      if (value !== undefined) set(key, value);
      return value;
    },
    set,
  };
}
