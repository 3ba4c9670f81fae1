import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonBytes } from '../../../src/common/json-bytes.ts';
import { jsonText } from '../../../src/common/json-text.ts';
import { itForAny } from '../../support/it-for-any.ts';

describe('the JSON text of a value, in pieces', () => {
  itForAny('is together what JSON.stringify makes of it', 1000, () =>
    fc.property(fc.jsonValue({ maxDepth: 6 }), isTheSame),
  );

  itForAny('is the same for values that are large somewhere', 30, () => {
    const large = fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 5000, minLength: 1500, size: 'max' });
    const wide = fc.integer({ min: 2000, max: 5000 }).map(objectOf);
    const deep = fc
      .tuple(fc.oneof(large, wide), fc.string({ unit: 'binary' }))
      .map(([value, name]) => ({ [name]: [value, 1] }));
    return fc.property(fc.oneof(large, wide, deep), isTheSame);
  });

  it('leaves out what is undefined, as JSON.stringify does', () => {
    const many = Array.from({ length: 5000 }, (_, at) => [`k${at}`, undefined]);
    isTheSame(Object.fromEntries(many));
    isTheSame({ ...Object.fromEntries(many), a: objectOf(3000), b: undefined, c: [undefined, ...many] });
    isTheSame(Object.assign(Object.create(null), { constructor: 'a', ['__proto__']: 'b', c: objectOf(3000) }));
  });

  it('comes in pieces of a bounded size, where no text is larger', () => {
    const ads = Array.from({ length: 20_000 }, (_, at) => ({
      name: `ad ${at}`,
      details: { at, text: 'x'.repeat(50) },
    }));
    const pieces = [...jsonText({ ads, states: [], metadata: objectOf(20_000) })];
    expect(pieces.length).toBeGreaterThan(50);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(64_000);
  });
});

describe('the JSON of a value in UTF-8', () => {
  it('is written in slices, whatever characters it has', async () => {
    const value = { ...objectOf(50_000), text: 'мé😀\ud800' };
    let slices = 0;
    const bytes = await jsonBytes(value, async () => {
      slices += 1;
    });
    expect(new TextDecoder().decode(bytes)).toBe(JSON.stringify(value));
    expect(slices).toBeGreaterThan(20);
  });
});

function isTheSame(value: unknown): void {
  expect([...jsonText(value)].join('')).toBe(JSON.stringify(value));
}

function objectOf(size: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: size }, (_, at) => [`key "${at}"`, at]));
}
