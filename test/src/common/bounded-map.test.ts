import { expect, it } from 'vitest';
import { boundedMap } from '../../../src/common/bounded-map.ts';

it('remembers the sids met last, and no more than two generations of them', () => {
  const ids = boundedMap<number>(100);
  for (let id = 0; id < 1050; id++) ids.set(`s${id}`, id);
  for (let id = 950; id < 1050; id++) expect(ids.get(`s${id}`)).toBe(id);
  for (let id = 0; id < 850; id++) expect(ids.get(`s${id}`)).toBeUndefined();
});

it('remembers a value that is asked for again and again, whatever else comes', () => {
  const ids = boundedMap<number>(100);
  ids.set('often', 7);
  for (let id = 0; id < 1000; id++) {
    ids.set(`s${id}`, id);
    expect(ids.get('often')).toBe(7);
  }
});

it('remembers a value that is set again and again, whatever else comes', () => {
  const ids = boundedMap<number>(100);
  for (let id = 0; id < 1000; id++) {
    ids.set('often', 7);
    ids.set(`s${id}`, id);
  }
  expect(ids.get('often')).toBe(7);
});

it('has the value that was set last', () => {
  const ids = boundedMap<number>(2);
  ids.set('a', 1);
  ids.set('b', 2);
  ids.set('a', 3);
  expect(ids.get('a')).toBe(3);
  expect(ids.get('c')).toBeUndefined();
});
