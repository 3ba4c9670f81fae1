import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LaneInterval } from '../../../src/inspector/api.ts';
import { thinIntervals } from '../../../src/inspector/thinning.ts';
import { intervalOf } from '../../support/inspector/events.ts';

function thin(intervals: readonly LaneInterval[], limit: number, view = { from: 0, to: 1000 }) {
  const thinner = thinIntervals(view, limit);
  for (const interval of intervals) thinner.add(interval);
  return thinner.finish();
}

describe('the intervals of a lane', () => {
  it('stay as they are while there is room', () => {
    const intervals = [intervalOf(0, 100), { ...intervalOf(100, 101), label: 'short' }, intervalOf(300, 1000)];
    expect(thin(intervals, 100)).toEqual({ intervals, isThinned: false });
  });

  it('are drawn together where they are too close, with their number and their sum', () => {
    const close = [intervalOf(500, 501), intervalOf(502, 504), intervalOf(506, 507)];
    expect(thin([intervalOf(0, 400), ...close, intervalOf(600, 601)], 100)).toEqual({
      intervals: [
        intervalOf(0, 400),
        { from: { index: 500, ts: 500 }, to: { index: 507, ts: 507 }, ms: 4, count: 3 },
        intervalOf(600, 601),
      ],
      isThinned: true,
    });
  });

  it('are left out beyond the view', () => {
    const intervals = [intervalOf(0, 10), intervalOf(15, 25), intervalOf(28, 40), intervalOf(50, 60)];
    expect(thin(intervals, 100, { from: 20, to: 30 }).intervals).toEqual([intervals[1], intervals[2]]);
  });

  it('are never more than the limit, and none is lost, whatever the clocks did', () => {
    const interval = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }));
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 500 }), fc.integer({ min: 2, max: 50 }), (ends, limit) => {
        const { intervals, isThinned } = thin(
          ends.map(([from, to]) => intervalOf(from, to)),
          limit,
        );
        expect(intervals.length).toBeLessThanOrEqual(limit);
        expect(intervals.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(ends.length);
        expect(intervals.reduce((sum, { ms }) => sum + ms, 0)).toBe(
          ends.reduce((sum, [from, to]) => sum + to - from, 0),
        );
        expect(isThinned).toBe(intervals.length < ends.length);
      }),
    );
  });
});
