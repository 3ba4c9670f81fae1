/** Has one thing at a time be done under a key, in the order of the calls. */
export interface Turns {
  /** Starts something: at once, or when all that came before it under the same key is done. It must not reject. */
  take(key: string, start: Start): void;
  /** Gives up a turn; false when it has come already. */
  leave(key: string, start: Start): boolean;
  /** How many wait under a key for their turn. */
  waiting(key: string): number;
}

type Start = () => Promise<void>;

export function turns(): Turns {
  // A key is here while something is done under it. Most of the time nobody waits, which then takes no set.
  const queues = new Map<string, Set<Start> | undefined>();

  function begin(key: string, start: Start): void {
    start().then(() => endOf(key));
  }

  function endOf(key: string): void {
    const queue = queues.get(key);
    const [next] = queue ?? [];
    if (next === undefined) {
      queues.delete(key);
      return;
    }
    queue?.delete(next);
    begin(key, next);
  }

  return {
    take(key, start) {
      if (!queues.has(key)) {
        queues.set(key, undefined);
        begin(key, start);
        return;
      }
      const queue = queues.get(key);
      if (queue) queue.add(start);
      else queues.set(key, new Set([start]));
    },

    leave(key, start) {
      return queues.get(key)?.delete(start) ?? false;
    },

    waiting(key) {
      return queues.get(key)?.size ?? 0;
    },
  };
}
