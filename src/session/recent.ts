/** A value for each of the sids met last, bounded: one that was not met for long is gone. */
export interface Recent<Value> {
  get(sid: string): Value | undefined;
  set(sid: string, value: Value): void;
}

/** The most sids of a generation. Two of them take 18 MB of heap. */
const GENERATION = 50_000;

/** Keeps what was set in the last two generations: at least `size` sids, at most twice as many. */
export function recent<Value>(size = GENERATION): Recent<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  return {
    get: (sid) => young.get(sid) ?? old.get(sid),

    set(sid, value) {
      if (young.size >= size && !young.has(sid)) {
        old = young;
        young = new Map();
      }
      young.set(sid, value);
    },
  };
}
