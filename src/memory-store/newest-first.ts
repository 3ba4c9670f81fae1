const CHUNK = 1024;

/**
 * Items in the order they came, read from the newest back. A place never changes, so it serves as a cursor. A removed
 * item is let go of at once, and a chunk once all of its items are removed.
 */
export interface NewestFirst<T> {
  /** The place the next item gets. */
  readonly next: number;
  add(item: T): void;
  remove(place: number): void;
  /** Lists the items before a place, newest first, each with its place. Those before `next` are all. */
  before(place: number): Generator<readonly [place: number, item: T], void, undefined>;
}

export function newestFirst<T>(): NewestFirst<T> {
  const chunks = new Map<number, { readonly items: (T | undefined)[]; live: number }>();
  let next = 0;
  let oldestChunk = 0;

  return {
    get next() {
      return next;
    },

    add(item) {
      const index = Math.floor(next / CHUNK);
      let chunk = chunks.get(index);
      if (chunk === undefined) {
        chunk = { items: [], live: 0 };
        chunks.set(index, chunk);
      }
      chunk.items.push(item);
      chunk.live += 1;
      next += 1;
    },

    remove(place) {
      const index = Math.floor(place / CHUNK);
      const chunk = chunks.get(index);
      if (chunk?.items[place % CHUNK] === undefined) return;
      chunk.items[place % CHUNK] = undefined;
      chunk.live -= 1;
      const filled = chunk.items.length === CHUNK;
      if (chunk.live === 0 && filled) chunks.delete(index);
      while (oldestChunk * CHUNK < next && !chunks.has(oldestChunk)) oldestChunk += 1;
    },

    *before(place) {
      for (let index = Math.floor((place - 1) / CHUNK); index >= oldestChunk; index--) {
        const items = chunks.get(index)?.items;
        if (items === undefined) continue;
        const from = Math.min(place - 1 - index * CHUNK, items.length - 1);
        for (let offset = from; offset >= 0; offset--) {
          const item = items[offset];
          if (item !== undefined) yield [index * CHUNK + offset, item];
        }
      }
    },
  };
}
