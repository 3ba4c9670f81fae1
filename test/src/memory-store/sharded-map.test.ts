import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shardedMap, shardOf } from '../../../src/memory-store/sharded-map.ts';
import { newSessionId } from '../../../src/session/session-id.ts';

describe('shardedMap', () => {
  it.each([
    ['of our own', newSessionId],
    ['that begin alike', () => `eu-${crypto.randomUUID()}`],
    ['that end alike', () => `${crypto.randomUUID()}-eu`],
  ])('spreads ids %s', (_which, makeId) => {
    const counts = new Map<number, number>();
    for (let index = 0; index < 10_000; index++) {
      const shard = shardOf(makeId());
      counts.set(shard, (counts.get(shard) ?? 0) + 1);
    }
    expect(Math.max(...counts.values())).toBeLessThan(400); // of 10,000 in 256 shards
  });

  it('agrees with a Map, whatever the keys', () => {
    const unit = fc.nat(0xffff).map((code) => String.fromCharCode(code));
    const key = fc.oneof(fc.constantFrom('', 'a', 'aa', '__proto__'), fc.string({ unit, maxLength: 5 }));
    fc.assert(
      fc.property(fc.array(fc.record({ key, value: fc.option(fc.nat(), { nil: undefined }) })), (steps) => {
        const sharded = shardedMap<number>();
        const plain = new Map<string, number>();
        const sizes: [number, number][] = [];
        for (const { key, value } of steps) {
          if (value === undefined) {
            sharded.delete(key);
            plain.delete(key);
          } else {
            sharded.set(key, value);
            plain.set(key, value);
          }
          sizes.push([sharded.size, plain.size]);
        }
        expect(sizes.filter(([actual, expected]) => actual !== expected)).toEqual([]);
        expect(steps.map(({ key }) => sharded.get(key))).toEqual(steps.map(({ key }) => plain.get(key)));
      }),
    );
  });
});
