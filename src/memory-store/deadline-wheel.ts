import { type Queue, queue } from './queue.ts';

/** What a wheel holds. */
export interface Scheduled {
  /** Where the wheel has filed the item. It is for the wheel to set, or to be set to `UNSCHEDULED`. */
  slot: number;
}

/** The slot of an item that is in no wheel. */
export const UNSCHEDULED = -1;

/**
 * How far ahead an item is filed at most, in milliseconds; it is filed again when that time comes. So the entry that a
 * removed or rescheduled item left behind is gone within this time, however late its deadline was.
 */
const HORIZON = 600_000;

/**
 * A timing wheel: finds the items whose deadline has come without a timer or a sorted place for each, since items are
 * filed by the second. One whose deadline moved on is filed again when the old one comes. An item that is scheduled
 * anew leaves its old entry behind, which is skipped when its second comes.
 */
export interface DeadlineWheel<T extends Scheduled> {
  /** Files an item that is new, or whose deadline is earlier than it was. */
  schedule(item: T, now: number): void;
  /**
   * Takes off the items whose deadline is `now` or earlier, as they are asked for. An entry whose item is not due
   * gives undefined: there may be a million of them, and so the caller can pause between them.
   */
  due(now: number): Generator<T | undefined, void, undefined>;
}

/** @param deadlineOf The deadline of an item as it is now. It and `now` are Unix milliseconds. */
export function deadlineWheel<T extends Scheduled>(deadlineOf: (item: T) => number): DeadlineWheel<T> {
  const slots = new Map<number, Queue<T>>(); // an array would be copied whole while it grows, for 40 ms at a million
  let earliest = Number.POSITIVE_INFINITY;

  /** Finds the first slot after another. It is mostly close by, and a day has 86,400 of them to compare otherwise. */
  function slotAfter(slot: number): number {
    for (let next = slot + 1; next <= slot + slots.size; next++) if (slots.has(next)) return next;
    return smallest(slots.keys());
  }

  function schedule(item: T, now: number): void {
    const slot = second(Math.min(deadlineOf(item), now + HORIZON));
    if (item.slot === slot) return;
    item.slot = slot;
    let filed = slots.get(slot);
    if (filed === undefined) {
      filed = queue();
      slots.set(slot, filed);
    }
    filed.push(item);
    if (slot < earliest) earliest = slot;
  }

  /** Takes an item out of a slot: gives it when it is due, files it again when its deadline moved on. */
  function takeOff(item: T, slot: number, now: number): T | undefined {
    if (item.slot !== slot) return undefined;
    item.slot = UNSCHEDULED;
    if (deadlineOf(item) <= now) return item;
    schedule(item, now);
    return undefined;
  }

  /** Puts items back into their slot, before those that were filed there meanwhile. */
  function putBack(items: Queue<T>, slot: number): void {
    const filedAgain = slots.get(slot) ?? queue();
    for (let item = filedAgain.shift(); item !== undefined; item = filedAgain.shift()) items.push(item);
    slots.set(slot, items);
    earliest = Math.min(earliest, slot);
  }

  return {
    schedule,

    *due(now) {
      const last = second(now);
      while (earliest <= last) {
        const slot = earliest;
        const items = slots.get(slot) ?? queue();
        slots.delete(slot);
        earliest = slotAfter(slot);
        try {
          for (let item = items.shift(); item !== undefined; item = items.shift()) yield takeOff(item, slot, now);
        } finally {
          if (items.peek() !== undefined) putBack(items, slot); // the caller stopped early
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
