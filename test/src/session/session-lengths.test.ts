import { expect, it } from 'vitest';
import { sessionLengths } from '../../../src/session/session-lengths.ts';

it('calls a session full once what was added to it reaches the limit, and no other', () => {
  const lengths = sessionLengths(100);
  expect(lengths.isFull('a')).toBe(false);
  lengths.add('a', 60);
  lengths.add('b', 60);
  expect(lengths.isFull('a')).toBe(false);
  lengths.add('a', 40);
  expect(lengths.isFull('a')).toBe(true);
  expect(lengths.isFull('b')).toBe(false);
});
