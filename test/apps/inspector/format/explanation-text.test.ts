import { describe, expect, it } from 'vitest';
import { explanationText } from '../../../../apps/inspector/format/explanation-text.ts';
import { intervalOf } from '../../../support/inspector/events.ts';

describe('what a number is made of', () => {
  const seconds = (count: number) => Array.from({ length: count }, (_, at) => intervalOf(at * 1000, (at + 1) * 1000));

  it('is a sum of a few intervals, or how many those are', () => {
    expect(explanationText({ intervals: seconds(2), events: [] })).toBe('= 0:01 + 0:01');
    expect(explanationText({ intervals: seconds(5), events: [] })).toBe('in 5 intervals');
  });

  it('is so many events', () => {
    expect(explanationText({ intervals: [], events: [4] })).toBe('from 1 event');
    expect(explanationText({ intervals: [], events: [4, 7] })).toBe('from 2 events');
  });

  it('is the ranges of the content that were viewed', () => {
    const playheads = [
      [0, 35],
      [60, 90],
    ] as const;
    expect(explanationText({ intervals: [], events: [], playheads })).toBe('of the content, 0:00–0:35, 1:00–1:30');
  });

  it('may be nothing', () => {
    expect(explanationText({ intervals: [], events: [] })).toBe('from nothing in this session');
  });
});
