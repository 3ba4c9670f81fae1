/** A map of bounded size: a key that was neither set nor asked for in a long time is dropped. */
export interface BoundedMap<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
}

/** The keys of a generation. Two generations of session ids take 18 MB of heap. */
const GENERATION_SIZE = 50_000;

/** Keeps the keys of the last two generations: at least `size`, at most twice as many. */
export function boundedMap<Value extends NonNullable<unknown>>(size = GENERATION_SIZE): BoundedMap<Value> {
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
