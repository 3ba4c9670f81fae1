import { type Queue, queue } from './queue.ts';

/** What a wheel holds: `slot` is the wheel's own note of where the item stands. */
export interface Scheduled {
  slot: number;
}

/** The slot of an item that stands in no wheel. */
export const UNSCHEDULED = -1;

/**
 * Finds the items whose time has come without a timer or a sorted place for each: items are filed
 * by the second. An item that moves leaves its old entry behind, which is skipped when its second comes.
 */
export interface DeadlineWheel<T extends Scheduled> {
  /** Files an item under `at` (Unix milliseconds), and no longer under any other time. */
  schedule(item: T, at: number): void;
  /**
   * Takes off the items filed under the second of `now` or an earlier one, as they are asked for. Those of
   * the last second may not be due yet: the caller files them again. An entry left behind gives undefined:
   * there may be a million of them, and so the caller can pause between them.
   */
  due(now: number): Generator<T | undefined, void, undefined>;
}

export function deadlineWheel<T extends Scheduled>(): DeadlineWheel<T> {
  const slots = new Map<number, Queue<T>>(); // an array would be copied whole while it grows, for 40 ms at a million
  let earliest = Number.POSITIVE_INFINITY;

  /** The first slot after another. It is mostly close by: looking there spares comparing all, of which a day has 86,400. */
  function slotAfter(slot: number): number {
    for (let next = slot + 1; next <= slot + slots.size; next++) if (slots.has(next)) return next;
    return smallest(slots.keys());
  }

  return {
    schedule(item, at) {
      const slot = second(at);
      if (item.slot === slot) return;
      item.slot = slot;
      let filed = slots.get(slot);
      if (filed === undefined) {
        filed = queue();
        slots.set(slot, filed);
      }
      filed.push(item);
      if (slot < earliest) earliest = slot;
    },

    *due(now) {
      const last = second(now);
      while (earliest <= last) {
        const slot = earliest;
        const items = slots.get(slot) ?? queue();
        slots.delete(slot);
        earliest = slotAfter(slot);
        try {
          for (let item = items.shift(); item !== undefined; item = items.shift()) {
            const current = item.slot === slot;
            if (current) item.slot = UNSCHEDULED;
            yield current ? item : undefined;
          }
        } finally {
          // The caller stopped early: what is left stays in the slot, before what was filed there meanwhile.
          if (items.peek() !== undefined) {
            const filedAgain = slots.get(slot) ?? queue();
            for (let item = filedAgain.shift(); item !== undefined; item = filedAgain.shift()) items.push(item);
            slots.set(slot, items);
            earliest = Math.min(earliest, slot);
          }
        }
        if (slot === last) return; // what was filed again in this very second is not due yet
      }
    },
  };
}

function second(at: number): number {
  return Math.floor(at / 1000);
}

function smallest(numbers: Iterable<number>): number {
  let least = Number.POSITIVE_INFINITY;
  for (const number of numbers) if (number < least) least = number;
  return least;
}
