import { expect, it } from 'vitest';
import { idCache } from '../../adapters/stores/id-cache.ts';

it('remembers the ids that were set last, and no more than two generations of them', () => {
  const ids = idCache(100);
  for (let id = 0; id < 1050; id++) ids.set(`s${id}`, id);
  const remembered = Array.from({ length: 1050 }, (_, id) => ids.get(`s${id}`)).filter((id) => id !== undefined);
  expect(remembered).toEqual(Array.from({ length: 150 }, (_, index) => 900 + index));
});

it('remembers an id that is set again and again, whatever else comes', () => {
  const ids = idCache(100);
  for (let id = 0; id < 1000; id++) {
    ids.set('often', 7);
    ids.set(`s${id}`, id);
  }
  expect(ids.get('often')).toBe(7);
});

it('has the id that was set last', () => {
  const ids = idCache(2);
  ids.set('a', 1);
  ids.set('b', 2);
  ids.set('a', 3);
  expect(ids.get('a')).toBe(3);
  expect(ids.get('c')).toBeUndefined();
});
