import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadlineWheel, type Scheduled, UNSCHEDULED } from '../../src/session/deadline-wheel.ts';

interface Item extends Scheduled {
  readonly name: string;
}

const item = (name: string): Item => ({ name, slot: UNSCHEDULED });
const names = (items: Iterable<Item | undefined>) =>
  Array.from(items, (due) => due?.name ?? [])
    .flat()
    .sort();

describe('deadlineWheel', () => {
  it('gives what is filed up to the second of now, and each once', () => {
    const wheel = deadlineWheel<Item>();
    wheel.schedule(item('a'), 1_000);
    wheel.schedule(item('b'), 2_999);
    wheel.schedule(item('c'), 3_000);
    expect(names(wheel.due(999))).toEqual([]);
    expect(names(wheel.due(2_000))).toEqual(['a', 'b']);
    expect(names(wheel.due(2_000))).toEqual([]);
    expect(names(wheel.due(1e15))).toEqual(['c']);
  });

  it('finds a moved item at its new time only', () => {
    const wheel = deadlineWheel<Item>();
    const moved = item('moved');
    wheel.schedule(moved, 5_000);
    wheel.schedule(moved, 9_000);
    expect(names(wheel.due(8_000))).toEqual([]);
    expect(names(wheel.due(9_000))).toEqual(['moved']);
    wheel.schedule(moved, 20_000);
    wheel.schedule(moved, 3_000);
    expect(names(wheel.due(3_000))).toEqual(['moved']);
    expect(names(wheel.due(30_000))).toEqual([]);
  });

  it('keeps what was not taken when its reader stops early', () => {
    const wheel = deadlineWheel<Item>();
    for (const name of ['a', 'b', 'c']) wheel.schedule(item(name), 1_000);
    const taken: string[] = [];
    for (const due of wheel.due(1_000)) {
      taken.push(...names([due]));
      break;
    }
    expect(names(wheel.due(1_000)).concat(taken).sort()).toEqual(['a', 'b', 'c']);
  });

  it('does not give an item twice that its reader files again in the same second', () => {
    const wheel = deadlineWheel<Item>();
    wheel.schedule(item('again'), 1_000);
    let times = 0;
    for (const again of wheel.due(1_500)) {
      times += 1;
      if (again) wheel.schedule(again, 1_900);
    }
    expect(times).toBe(1);
    expect(names(wheel.due(1_999))).toEqual(['again']);
  });

  it('gives undefined for each entry left behind, so that its reader may pause among a million of them', () => {
    const wheel = deadlineWheel<Item>();
    for (const name of ['a', 'b']) {
      const moved = item(name);
      wheel.schedule(moved, 1_000);
      wheel.schedule(moved, 9_000);
    }
    expect([...wheel.due(5_000)]).toEqual([undefined, undefined]);
  });

  it('goes through the seconds of days without looking at each of them again for the next', () => {
    const wheel = deadlineWheel<Item>();
    for (let second = 0; second < 300_000; second += 2) wheel.schedule(item(''), second * 1000);
    const before = process.cpuUsage().user;
    let taken = 0;
    for (const _ of wheel.due(1e15)) taken += 1;
    expect(taken).toBe(150_000);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(5_000); // milliseconds: some 100, or 30,000
  }, 60_000);

  it('loses nothing and gives nothing early, however items move', () => {
    const moves = fc.array(fc.record({ name: fc.nat(9), at: fc.nat(20_000), read: fc.option(fc.nat(20_000)) }));
    fc.assert(
      fc.property(moves, (list) => {
        const wheel = deadlineWheel<Item>();
        const items = Array.from({ length: 10 }, (_, index) => item(String(index)));
        const filed = new Map<string, number>();
        for (const { name, at, read } of list) {
          const moving = items[name];
          if (!moving) continue;
          wheel.schedule(moving, at);
          filed.set(moving.name, Math.floor(at / 1000));
          if (read === null) continue;
          const expected = [...filed].filter(([, slot]) => slot <= Math.floor(read / 1000)).map(([id]) => id);
          expect(names(wheel.due(read))).toEqual(expected.sort());
          for (const id of expected) filed.delete(id);
        }
      }),
    );
  });
});
