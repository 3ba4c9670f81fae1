import { describe, expect, it } from 'vitest';
import { queue } from '../../../src/memory-store/queue.ts';

describe('queue', () => {
  it('gives items in the order they came, across thousands', () => {
    const items = queue<number>();
    let next = 0;
    for (let round = 0; round < 50; round++) {
      for (let count = 0; count < 100; count++) items.push(round * 100 + count);
      for (let count = 0; count < 99; count++) expect(items.shift()).toBe(next++);
    }
    expect(items.peek()).toBe(next);
    while (items.peek() !== undefined) expect(items.shift()).toBe(next++);
    expect(next).toBe(5000);
    expect(items.shift()).toBeUndefined();
  });
});
