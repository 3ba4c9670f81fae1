import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shorten } from '../../../src/inspector/shorten.ts';

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

describe('a value that is shortened', () => {
  it('has as many bytes as it may, at most', () => {
    const value = fc.jsonValue({ maxDepth: 6 }).map((each) => new Array(40).fill(each));
    fc.assert(
      fc.property(value, fc.integer({ min: 1000, max: 5000 }), (large, most) => {
        const { value: shown, isWhole } = shorten(large, most);
        expect(bytesOf(shown)).toBeLessThanOrEqual(most);
        if (isWhole) expect(shown).toEqual(large);
      }),
    );
  });

  it('is whole where it fits', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(shorten(value, 1_000_000))).toBe(JSON.stringify({ value, isWhole: true }));
      }),
    );
  });

  it('says what is missing, where it is', () => {
    const value = { text: 'x'.repeat(90_000), list: new Array(9000).fill(1), numbers: 5, ['__proto__']: 'kept' };
    const { value: shown, isWhole } = shorten(value, 30_000);
    expect(isWhole).toBe(false);
    expect(shown.text).toBe(`${'x'.repeat(8_000)}…`);
    expect(shown.list.at(-1)).toBe('… 8000 more');
    expect(JSON.stringify(shown)).toContain('"numbers":5,"__proto__":"kept"');
    const many = Object.fromEntries(Array.from({ length: 9000 }, (_, at) => [`k${at}`, at]));
    expect(shorten(many, 5_000).value).toMatchObject({ k0: 0, '…': '8750 more' });
  });

  it('ends where it is nested in ever more values', () => {
    const tree = (depth: number): unknown =>
      depth === 0 ? 'x'.repeat(100) : [1, 2, 3, 4, 5, 6].map(() => tree(depth - 1));
    expect(bytesOf(shorten(tree(5), 2_000).value)).toBeLessThanOrEqual(2_000);
  });
});
