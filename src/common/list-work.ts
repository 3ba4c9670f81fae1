import { PIECE, type Work } from './work.ts';

/** Takes each item in turn. */
export function* each<Item>(items: readonly Item[], take: (item: Item, place: number) => void): Work<void> {
  for (let from = 0; from < items.length; from += PIECE) {
    if (from > 0) yield;
    takePiece(items, from, take);
  }
}

/** In a function of its own: engines are quicker with a loop in which nothing yields. */
function takePiece<Item>(items: readonly Item[], from: number, take: (item: Item, place: number) => void): void {
  const to = Math.min(from + PIECE, items.length);
  for (let place = from; place < to; place++) take(items[place] as Item, place); // it lies below the length
}

/** Takes each item in turn. What taking one gives is done before the next is taken. */
export function* eachWork<Item>(items: readonly Item[], take: (item: Item) => Work<void> | undefined): Work<void> {
  let untilPause = PIECE;
  for (const item of items) {
    const work = take(item);
    if (work) yield* work;
    untilPause -= 1;
    if (untilPause > 0) continue;
    yield;
    untilPause = PIECE;
  }
}

/** The first item that passes a test. */
export function* find<Item>(
  items: readonly Item[],
  test: (item: Item, place: number) => boolean,
): Work<Item | undefined> {
  for (let from = 0; from < items.length; from += PIECE) {
    if (from > 0) yield;
    const found = placeInPiece(items, from, test);
    if (found !== undefined) return items[found];
  }
  return undefined;
}

function placeInPiece<Item>(
  items: readonly Item[],
  from: number,
  test: (item: Item, place: number) => boolean,
): number | undefined {
  const to = Math.min(from + PIECE, items.length);
  for (let place = from; place < to; place++) if (test(items[place] as Item, place)) return place; // as above
  return undefined;
}

/** The items that pass a test. */
export function* filter<Item>(items: readonly Item[], test: (item: Item) => boolean): Work<Item[]> {
  const passed: Item[] = [];
  yield* each(items, (item) => {
    if (test(item)) passed.push(item);
  });
  return passed;
}

/** What becomes of each item. */
export function* map<Item, Result>(
  items: readonly Item[],
  make: (item: Item, place: number) => Result,
): Work<Result[]> {
  const made: Result[] = [];
  yield* each(items, (item, place) => {
    made.push(make(item, place));
  });
  return made;
}
