import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { thinned } from '../../../src/common/thinned.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp() {
  const written: [item: string, count: number][] = [];
  return { written, ...thinned<string>((item, count) => written.push([item, count])) };
}

describe('lines of what may come in floods', () => {
  it('are written as they come, while they are few', () => {
    const { add, written } = setUp();
    for (let second = 0; second < 3; second++) {
      for (let item = 0; item < 10; item++) add('a', 'x');
      vi.advanceTimersByTime(1000);
    }
    expect(written).toEqual(Array(30).fill(['x', 1]));
  });

  it('are one a second in a flood, the last, with the count of what it stands for', () => {
    const { add, written } = setUp();
    for (let item = 1; item <= 100; item++) add('a', `${item}`);
    vi.advanceTimersByTime(1000);
    expect(written.splice(0).slice(9)).toEqual([
      ['10', 1],
      ['100', 90],
    ]);
    for (let item = 1; item <= 50; item++) add('a', `${item}`);
    expect(written).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(written.splice(0)).toEqual([['50', 50]]);
    add('a', 'seldom');
    vi.advanceTimersByTime(1000);
    add('a', 'seldom again');
    expect(written).toEqual([
      ['seldom', 1],
      ['seldom again', 1],
    ]);
  });

  it('of one kind wait for no flood of another', () => {
    const { add, written } = setUp();
    for (let item = 1; item <= 100; item++) add('a', 'x');
    add('b', 'y');
    expect(written.at(-1)).toEqual(['y', 1]);
  });

  it('are written once, also when no more comes', () => {
    const { add, flush, written } = setUp();
    for (let item = 1; item <= 11; item++) add('a', 'x');
    flush();
    flush();
    vi.advanceTimersByTime(5000);
    expect(written).toHaveLength(11);
    expect(vi.getTimerCount()).toBe(0);
  });
});
