import { describe, expect, it } from 'vitest';
import { countScale, timeMarks } from '../../../../apps/inspector/format/chart-scale.ts';

describe('the scale of viewers', () => {
  it.each([
    [0, 1, ['0', '1']],
    [1, 1, ['0', '1']],
    [4, 4, ['0', '1', '2', '3', '4']],
    [5, 6, ['0', '2', '4', '6']],
    [11, 15, ['0', '5', '10', '15']],
    [4100, 6000, ['0', '2,000', '4,000', '6,000']],
  ])('for at most %i ends at %i, in whole numbers that are easily read', (most, top, labels) => {
    const scale = countScale(most);
    expect([scale.top, scale.marks.map(({ label }) => label)]).toEqual([top, labels]);
  });

  it('is drawn from the bottom to the top', () => {
    expect(countScale(2).marks.map(({ at }) => at)).toEqual([0, 0.5, 1]);
  });
});

describe('the hours below it', () => {
  it('are at every tenth minute, in the middle of its bar', () => {
    const from = new Date(2026, 2, 4, 14, 3).valueOf(); // in the zone of whoever reads it
    const marks = timeMarks({ from, step: 60_000, counts: new Array(60).fill(0), complete: true });
    expect(marks.map(({ label }) => label)).toEqual(['14:10', '14:20', '14:30', '14:40', '14:50', '15:00']);
    expect(marks[0]?.at).toBe(7.5 / 60);
  });
});
