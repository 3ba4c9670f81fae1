import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeSlices } from '../../../src/common/event-loop.ts';
import { each, eachWork, filter, find, map } from '../../../src/common/list-work.ts';
import { sortBy } from '../../../src/common/sort-work.ts';
import { PIECE, runAtOnce, runInSlices, type Work } from '../../../src/common/work.ts';

const lists = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 3 * PIECE, size: 'max' });

describe('work on a list', () => {
  it('is what an array does', () => {
    const isEven = (number: number) => number % 2 === 0;
    fc.assert(
      fc.property(lists, (numbers) => {
        const taken: [number, number][] = [];
        runAtOnce(each(numbers, (number, place) => taken.push([number, place])));
        expect(taken).toEqual(numbers.map((number, place) => [number, place]));
        expect(runAtOnce(find(numbers, isEven))).toBe(numbers.find(isEven));
        expect(runAtOnce(filter(numbers, isEven))).toEqual(numbers.filter(isEven));
        expect(runAtOnce(map(numbers, (number, place) => number + place))).toEqual(numbers.map((n, at) => n + at));
      }),
      { numRuns: 50 },
    );
  });

  it('sorts like an array: by a number, and as it was where that is the same', () => {
    fc.assert(
      fc.property(lists, (numbers) => {
        const items = numbers.map((number, place) => ({ number, place }));
        expect(runAtOnce(sortBy(items, ({ number }) => number))).toEqual(items.toSorted((a, b) => a.number - b.number));
      }),
      { numRuns: 100 },
    );
  });

  it('pauses after a piece of it, in every part of sorting too', () => {
    const backwards = Array.from({ length: 10 * PIECE }, (_, at) => ({ number: -at }));
    let compared = 0;
    let most = 0;
    const work = sortBy(backwards, ({ number }) => {
      compared += 1;
      return number;
    });
    for (let step = work.next(); !step.done; step = work.next()) {
      most = Math.max(most, compared);
      compared = 0;
    }
    expect(most).toBeLessThan(25 * PIECE); // what it takes to sort one piece
  });

  it('does what taking an item gives before it takes the next', () => {
    const done: string[] = [];
    const work = function* (name: string): Work<void> {
      done.push(`${name} begins`);
      yield;
      done.push(`${name} ends`);
    };
    runAtOnce(eachWork(['a', 'b', 'c'], (name) => (name === 'b' ? undefined : work(name))));
    expect(done).toEqual(['a begins', 'a ends', 'c begins', 'c ends']);
  });
});

describe('work in slices', () => {
  const counting = function* (count: number, log: string[], name: string): Work<string> {
    for (let at = 0; at < count; at++) {
      log.push(name);
      yield;
    }
    return name;
  };

  it('takes a turn between any two pieces, of which others with the same slices have theirs', async () => {
    const log: string[] = [];
    const slices = timeSlices();
    const works = ['a', 'b'].map((name) => runInSlices(counting(3, log, name), slices));
    expect(await Promise.all(works)).toEqual(['a', 'b']);
    expect(log.slice(0, 4)).toEqual(['a', 'b', 'a', 'b']);
  });

  it('rejects with what the work throws', async () => {
    const failing = function* (): Work<void> {
      yield;
      throw new Error('in the middle');
    };
    await expect(runInSlices(failing())).rejects.toThrow('in the middle');
  });
});
