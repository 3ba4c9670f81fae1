/** Lines that a program writes of what may come in floods. */
export interface Thinned<Item> {
  /** @param kind What is counted together; there must be few. */
  add(kind: string, item: Item): void;
  /** Writes what was only counted so far. */
  flush(): void;
}

/** What came of a kind in the second that runs. */
interface Second<Item> {
  /** How many were all. */
  count: number;
  /** How many of these were counted only, and the last of them. */
  unwritten: number;
  last: Item;
  /** Whether the second before was a flood, so that nothing is written as it comes. */
  readonly inFlood: boolean;
}

/** How many of a kind are written in a second before the rest is counted. */
const BURST = 10;

/**
 * Writes each item as it comes, and in a flood the last of each second, with how many it stands for: an outage fails
 * call after call, all alike. A second that was no flood ends it.
 *
 * @param write `count`: how many items this one stands for, itself included.
 */
export function thinned<Item>(write: (item: Item, count: number) => void): Thinned<Item> {
  const seconds = new Map<string, Second<Item>>();

  function begin(kind: string, last: Item, inFlood: boolean): Second<Item> {
    const second: Second<Item> = { count: 0, unwritten: 0, last, inFlood };
    seconds.set(kind, second);
    const timer = setTimeout(() => end(kind, second), 1000) as { unref?(): void }; // a number outside of Node
    timer.unref?.();
    return second;
  }

  function end(kind: string, second: Second<Item>): void {
    const wasFlood = second.count > BURST;
    writeRest(second);
    if (wasFlood) begin(kind, second.last, true);
    else seconds.delete(kind);
  }

  function writeRest(second: Second<Item>): void {
    if (second.unwritten > 0) write(second.last, second.unwritten);
    second.unwritten = 0;
  }

  return {
    add(kind, item) {
      const second = seconds.get(kind) ?? begin(kind, item, false);
      second.count += 1;
      if (!second.inFlood && second.count <= BURST) {
        write(item, 1);
        return;
      }
      second.last = item;
      second.unwritten += 1;
    },

    flush() {
      for (const second of seconds.values()) writeRest(second);
    },
  };
}
