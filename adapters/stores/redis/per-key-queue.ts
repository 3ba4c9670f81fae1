/** What takes its turn. */
interface Sized {
  /** What it holds, in characters. */
  readonly size: number;
}

/** Has what comes under a key be done in the order of the calls: at once, or together with all else that had to wait. */
export interface PerKeyQueue<Item> {
  add(key: string, item: Item): void;
  /** Says that what was begun under a key is done. */
  done(key: string): void;
  /** Takes back what waits; false when it was begun already. */
  remove(key: string, item: Item): boolean;
}

/** The most that are done together. */
export const MAX_TOGETHER = 100;
/** The most that those hold which are done together, in characters, unless one alone holds more. */
export const MAX_SIZE_TOGETHER = 256 * 1024;

/** @param begin Begins something under a key; nothing else is begun under it until that is done. */
export function perKeyQueue<Item extends Sized>(
  begin: (key: string, items: readonly Item[]) => void,
): PerKeyQueue<Item> {
  // What waits under a key, which is here while something is being done; null, which takes no set, while nothing waits.
  const queues = new Map<string, Set<Item> | null>();

  function takeFrom(queue: Set<Item>): Item[] {
    const items: Item[] = [];
    let size = 0;
    for (const item of queue) {
      size += item.size;
      if (items.length === MAX_TOGETHER || (items.length > 0 && size > MAX_SIZE_TOGETHER)) break;
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
