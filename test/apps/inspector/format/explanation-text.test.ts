import { describe, expect, it } from 'vitest';
import { explanationText } from '../../../../apps/inspector/format/explanation-text.ts';
import type { IndexedExplanation } from '../../../../src/inspector/api.ts';
import { intervalOf } from '../../../support/inspector/events.ts';

describe('what a number is made of', () => {
  const seconds = (count: number) => Array.from({ length: count }, (_, at) => intervalOf(at * 1000, (at + 1) * 1000));

  const text = (made: Partial<IndexedExplanation>) => {
    const { intervals = [], events = [], playheads = [] } = made;
    const totals = { intervals: intervals.length, events: events.length, playheads: playheads.length };
    return explanationText({ intervals, events, playheads, totals, ...made });
  };

  it('is a sum of a few intervals, or how many those are', () => {
    expect(text({ intervals: seconds(2), events: [] })).toBe('= 0:01 + 0:01');
    expect(text({ intervals: seconds(5), events: [] })).toBe('in 5 intervals');
  });

  it('is so many events', () => {
    expect(text({ intervals: [], events: [4] })).toBe('from 1 event');
    expect(text({ intervals: [], events: [4, 7] })).toBe('from 2 events');
  });

  it('is told by how many there are in all, where those come by pages', () => {
    expect(text({ intervals: seconds(3), totals: { intervals: 9000, events: 70_000, playheads: 0 } })).toBe(
      'in 9,000 intervals, from 70,000 events',
    );
  });

  it('is the ranges of the content that were viewed', () => {
    const playheads = [
      [0, 35],
      [60, 90],
    ] as const;
    expect(text({ intervals: [], events: [], playheads })).toBe('of the content, 0:00–0:35, 1:00–1:30');
  });

  it('may be nothing', () => {
    expect(text({ intervals: [], events: [] })).toBe('from nothing in this session');
  });
});
