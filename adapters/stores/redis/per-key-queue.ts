interface Sized {
  /** In characters. */
  readonly size: number;
}

/** Runs the items of each key in order: one at once, then together what came while those before it ran. */
export interface PerKeyQueue<Item> {
  add(key: string, item: Item): void;
  /** Tells that the items of a key which were run last are done, and runs those that wait. */
  finish(key: string): void;
  /** Takes back an item that waits; false when it was run already. */
  remove(key: string, item: Item): boolean;
}

/** The most items that are run together. */
export const MAX_BATCH_LENGTH = 100;
/** The most that those hold, in characters, unless one alone holds more. */
export const MAX_BATCH_SIZE = 256 * 1024;

/** @param run Runs items of a key. No others of that key are run until `finish` is called. */
export function perKeyQueue<Item extends Sized>(run: (key: string, items: readonly Item[]) => void): PerKeyQueue<Item> {
  // The items that wait, by each key of which some run; null, which takes no set, while none waits.
  const queues = new Map<string, Set<Item> | null>();

  function takeBatch(queue: Set<Item>): Item[] {
    const items: Item[] = [];
    let size = 0;
    for (const item of queue) {
      size += item.size;
      if (items.length === MAX_BATCH_LENGTH || (items.length > 0 && size > MAX_BATCH_SIZE)) break;
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
        run(key, [item]);
      } else if (queue === null) {
        queues.set(key, new Set([item]));
      } else {
        queue.add(item);
      }
    },

    finish(key) {
      const queue = queues.get(key);
      if (queue && queue.size > 0) run(key, takeBatch(queue));
      else queues.delete(key);
    },

    remove(key, item) {
      return queues.get(key)?.delete(item) ?? false;
    },
  };
}
