import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DeadlineWheel,
  deadlineWheel,
  type Scheduled,
  UNSCHEDULED,
} from '../../../src/memory-store/deadline-wheel.ts';

interface Item extends Scheduled {
  readonly name: string;
  deadline: number;
}

const item = (name: string, deadline = 0): Item => ({ name, deadline, slot: UNSCHEDULED });
const wheelOf = (...items: readonly Item[]): DeadlineWheel<Item> => {
  const wheel = deadlineWheel<Item>(({ deadline }) => deadline);
  for (const each of items) wheel.schedule(each, 0);
  return wheel;
};
const names = (items: Iterable<Item | undefined>) =>
  Array.from(items, (due) => due?.name ?? [])
    .flat()
    .sort();

describe('deadlineWheel', () => {
  it('gives what is due at a time, to the millisecond, and each once', () => {
    const wheel = wheelOf(item('a', 1_000), item('b', 2_999), item('c', 3_000));
    expect(names(wheel.due(999))).toEqual([]);
    expect(names(wheel.due(2_998))).toEqual(['a']);
    expect(names(wheel.due(2_999))).toEqual(['b']);
    expect(names(wheel.due(2_999))).toEqual([]);
    expect(names(wheel.due(1e15))).toEqual(['c']);
  });

  it('finds an item whose deadline moved on at the new one only, without being told', () => {
    const moved = item('moved', 5_000);
    const wheel = wheelOf(moved);
    moved.deadline = 9_000;
    expect(names(wheel.due(8_000))).toEqual([]);
    expect(names(wheel.due(9_000))).toEqual(['moved']);
    expect(names(wheel.due(30_000))).toEqual([]);
  });

  it('finds an item that is scheduled anew at its earlier deadline only', () => {
    const moved = item('moved', 20_000);
    const wheel = wheelOf(moved);
    moved.deadline = 3_000;
    wheel.schedule(moved, 0);
    expect(names(wheel.due(3_000))).toEqual(['moved']);
    expect(names(wheel.due(30_000))).toEqual([]);
  });

  it('finds an item whose deadline is days away, and lets go of it long before when it is gone', () => {
    const days = 3 * 86_400_000;
    const gone = item('gone', days);
    const wheel = wheelOf(gone, item('kept', days));
    gone.slot = UNSCHEDULED;
    expect([...wheel.due(600_000)]).toEqual([undefined, undefined]);
    expect([...wheel.due(1_200_000)]).toEqual([undefined]);
    expect(names(wheel.due(days - 1))).toEqual([]);
    expect(names(wheel.due(days))).toEqual(['kept']);
  });

  it('keeps what was not taken when its reader stops early', () => {
    const wheel = wheelOf(item('a', 1_000), item('b', 1_000), item('c', 1_000));
    const taken: string[] = [];
    for (const due of wheel.due(1_000)) {
      taken.push(...names([due]));
      break;
    }
    expect(names(wheel.due(1_000)).concat(taken).sort()).toEqual(['a', 'b', 'c']);
  });

  it('does not give an item twice that its reader schedules again in the same second', () => {
    const wheel = wheelOf(item('again', 1_000));
    let times = 0;
    for (const again of wheel.due(1_500)) {
      times += 1;
      if (!again) continue;
      again.deadline = 1_900;
      wheel.schedule(again, 1_500);
    }
    expect(times).toBe(1);
    expect(names(wheel.due(1_999))).toEqual(['again']);
  });

  it('gives undefined for each entry that is not due, so that its reader may pause among a million of them', () => {
    const items = [item('a', 1_000), item('b', 1_000)];
    const wheel = wheelOf(...items);
    for (const moved of items) moved.deadline = 9_000;
    expect([...wheel.due(5_000)]).toEqual([undefined, undefined]);
  });

  it('goes through the seconds of days without looking at each of them again for the next', () => {
    const wheel = deadlineWheel<Item>(({ deadline }) => deadline);
    for (let at = 0; at < 300_000_000; at += 2_000) wheel.schedule(item('', at), at);
    const before = process.cpuUsage().user;
    let taken = 0;
    for (const _ of wheel.due(1e15)) taken += 1;
    expect(taken).toBe(150_000);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(5_000); // milliseconds: some 100, or 30,000
  });

  it('loses nothing and gives nothing early, however deadlines move', () => {
    const moves = fc.array(fc.record({ name: fc.nat(9), at: fc.nat(20_000), read: fc.option(fc.nat(20_000)) }));
    fc.assert(
      fc.property(moves, (list) => {
        const items = Array.from({ length: 10 }, (_, index) => item(String(index)));
        const wheel = wheelOf();
        const waiting = new Set<Item>();
        for (const { name, at, read } of list) {
          const moving = items[name];
          if (!moving) continue;
          const isTold = !waiting.has(moving) || at < moving.deadline;
          moving.deadline = at;
          waiting.add(moving);
          if (isTold) wheel.schedule(moving, 0);
          if (read === null) continue;
          const expected = [...waiting].filter(({ deadline }) => deadline <= read);
          expect(names(wheel.due(read))).toEqual(names(expected));
          for (const due of expected) waiting.delete(due);
        }
      }),
    );
  });
});
