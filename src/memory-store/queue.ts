const CHUNK = 512;

/** A first-in, first-out queue. However long it is, no push or shift moves the other items. */
export interface Queue<T> {
  push(item: T): void;
  peek(): T | undefined;
  shift(): T | undefined;
}

interface Chunk<T> {
  readonly items: (T | undefined)[];
  next?: Chunk<T>;
}

export function queue<T>(): Queue<T> {
  let first: Chunk<T> = { items: [] };
  let last = first;
  let taken = 0; // of the first chunk

  return {
    push(item) {
      if (last.items.length === CHUNK) {
        last.next = { items: [] };
        last = last.next;
      }
      last.items.push(item);
    },

    peek() {
      return first.items[taken];
    },

    shift() {
      const item = first.items[taken];
      if (item === undefined) return undefined;
      first.items[taken] = undefined; // or it would stay in memory as long as its chunk
      taken += 1;
      if (taken < CHUNK) return item;
      taken = 0;
      if (first === last) last = { items: [] };
      first = first.next ?? last;
      return item;
    },
  };
}
