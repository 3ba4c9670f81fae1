import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newestFirst } from '../../../src/memory-store/newest-first.ts';

describe('newestFirst', () => {
  it('reads from the newest back, and on from any place', () => {
    const list = newestFirst<number>();
    for (let index = 0; index < 3000; index++) list.add(index);
    expect(Array.from(list.before(list.next), ([, item]) => item)).toEqual(
      Array.from({ length: 3000 }, (_, i) => 2999 - i),
    );
    expect(Array.from(list.before(1025), ([place]) => place)).toEqual(Array.from({ length: 1025 }, (_, i) => 1024 - i));
    expect([...list.before(0)]).toEqual([]);
  });

  it('agrees with a plain array, whatever is added and removed', () => {
    const steps = fc.array(fc.oneof(fc.constant('add' as const), fc.nat(5000)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(steps, (list) => {
        const places = newestFirst<number>();
        const plain = new Map<number, number>();
        for (const step of list) {
          if (step === 'add') {
            for (let index = 0; index < 300; index++) {
              plain.set(places.next, places.next);
              places.add(places.next);
            }
          } else {
            for (let place = step; place < step + 1500; place++) {
              places.remove(place);
              plain.delete(place);
            }
          }
        }
        expect(Array.from(places.before(places.next), ([, item]) => item)).toEqual([...plain.values()].reverse());
      }),
      { numRuns: 50 },
    );
  });
});
