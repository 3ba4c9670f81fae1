/** First in, first out, at a constant cost on average however long it grows. */
export interface Queue<T> {
  push(item: T): void;
  peek(): T | undefined;
  shift(): T | undefined;
}

export function queue<T>(): Queue<T> {
  let items: (T | undefined)[] = [];
  let head = 0;

  return {
    push(item) {
      items.push(item);
    },
    peek() {
      return items[head];
    },
    shift() {
      const item = items[head];
      if (item === undefined) return undefined;
      items[head++] = undefined;
      if (head * 2 > items.length && head > 1024) {
        items = items.slice(head);
        head = 0;
      }
      return item;
    },
  };
}
