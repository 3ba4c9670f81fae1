/** Has what comes under a key be done in the order of the calls: at once, or together with all else that had to wait. */
export interface Turns<Item> {
  add(key: string, item: Item): void;
  /** Takes back what waits; false when it is being done already, or was. */
  remove(key: string, item: Item): boolean;
}

/** The most that are done together. */
const MAX_TOGETHER = 100;

/** @param perform Does something, and resolves when it is done; nothing else is done under its key meanwhile. */
export function turns<Item>(perform: (key: string, items: readonly Item[]) => Promise<void>): Turns<Item> {
  // A key is here while something is done under it. Most of the time nothing waits, which then takes no set.
  const queues = new Map<string, Set<Item> | undefined>();

  function begin(key: string, items: readonly Item[]): void {
    perform(key, items).then(() => goOn(key));
  }

  function goOn(key: string): void {
    const queue = queues.get(key);
    if (queue === undefined || queue.size === 0) {
      queues.delete(key);
      return;
    }
    const items: Item[] = [];
    for (const item of queue) {
      if (items.length === MAX_TOGETHER) break;
      items.push(item);
      queue.delete(item);
    }
    begin(key, items);
  }

  return {
    add(key, item) {
      if (!queues.has(key)) {
        queues.set(key, undefined);
        begin(key, [item]);
        return;
      }
      const queue = queues.get(key);
      if (queue) queue.add(item);
      else queues.set(key, new Set([item]));
    },

    remove(key, item) {
      return queues.get(key)?.delete(item) ?? false;
    },
  };
}
