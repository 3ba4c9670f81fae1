import { find } from './list-work.ts';
import { PIECE, type Work } from './work.ts';

/** The items sorted by a number, and as they were where it is the same. */
export function* sortBy<Item extends object>(
  items: readonly Item[],
  number: (item: Item) => number,
): Work<readonly Item[]> {
  if (yield* isInOrder(items, number)) return items;

  let runs: (readonly Item[])[] = [];
  for (let from = 0; from < items.length; from += PIECE) {
    if (from > 0) yield;
    runs.push(sortPiece(items.slice(from, from + PIECE), number));
  }
  while (runs.length > 1) {
    const merged: (readonly Item[])[] = [];
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(yield* merge(runs[at] ?? [], runs[at + 1] ?? [], number));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

/** The same of no more than a piece, at once. */
export function sortPiece<Item>(items: readonly Item[], number: (item: Item) => number): Item[] {
  return items.toSorted((a, b) => number(a) - number(b));
}

/** Whether the number of no item is below that of one ahead of it. */
export function* isInOrder<Item>(items: readonly Item[], number: (item: Item) => number): Work<boolean> {
  let greatest = Number.NEGATIVE_INFINITY;
  const behind = yield* find(items, (item) => {
    const own = number(item);
    if (own < greatest) return true;
    greatest = own;
    return false;
  });
  return behind === undefined;
}

function* merge<Item extends object>(
  left: readonly Item[],
  right: readonly Item[],
  number: (item: Item) => number,
): Work<Item[]> {
  const merged: Item[] = [];
  let [atLeft, atRight] = [0, 0];
  for (;;) {
    const [a, b] = [left[atLeft], right[atRight]];
    const next = a !== undefined && (b === undefined || number(a) <= number(b)) ? a : b;
    if (next === undefined) return merged;
    if (next === a) atLeft += 1;
    else atRight += 1;
    merged.push(next);
    if (merged.length % PIECE === 0) yield;
  }
}
