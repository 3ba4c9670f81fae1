/** Has what comes under a key be done in the order of the calls: at once, or together with all else that had to wait. */
export interface Turns<Item> {
  add(key: string, item: Item): void;
  /** Says that what was begun under a key is done. */
  done(key: string): void;
  /** Takes back what waits; false when it was begun already. */
  remove(key: string, item: Item): boolean;
}

/** The most that are done together. */
const MAX_TOGETHER = 100;

/** @param begin Begins something under a key; nothing else is begun under it until that is done. */
export function turns<Item>(begin: (key: string, items: readonly Item[]) => void): Turns<Item> {
  // What waits under a key, which is here while something is being done; null, which takes no set, while nothing waits.
  const queues = new Map<string, Set<Item> | null>();

  function takeFrom(queue: Set<Item>): Item[] {
    const items: Item[] = [];
    for (const item of queue) {
      if (items.length === MAX_TOGETHER) break;
      items.push(item);
      queue.delete(item);
    }
    return items;
  }

  return {
    add(key, item) {
      const queue = queues.get(key);
      if (queue === undefined) {
        queues.set(key, null);
        begin(key, [item]);
      } else if (queue === null) {
        queues.set(key, new Set([item]));
      } else {
        queue.add(item);
      }
    },

    done(key) {
      const queue = queues.get(key);
      if (queue && queue.size > 0) begin(key, takeFrom(queue));
      else queues.delete(key);
    },

    remove(key, item) {
      return queues.get(key)?.delete(item) ?? false;
    },
  };
}
