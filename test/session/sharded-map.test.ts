import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shardedMap } from '../../src/session/sharded-map.ts';

describe('shardedMap', () => {
  it('agrees with a Map, whatever the keys', () => {
    const key = fc.oneof(fc.constantFrom('', 'a', 'aa', '__proto__'), fc.string({ unit: 'binary', maxLength: 5 }));
    fc.assert(
      fc.property(fc.array(fc.record({ key, value: fc.option(fc.nat(), { nil: undefined }) })), (steps) => {
        const sharded = shardedMap<number>();
        const plain = new Map<string, number>();
        for (const { key, value } of steps) {
          if (value === undefined) {
            sharded.delete(key);
            plain.delete(key);
          } else {
            sharded.set(key, value);
            plain.set(key, value);
          }
          expect(sharded.size).toBe(plain.size);
        }
        for (const { key } of steps) expect(sharded.get(key)).toBe(plain.get(key));
      }),
    );
  });
});
