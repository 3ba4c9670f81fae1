import { describe, expect, it } from 'vitest';
import { ago, formatTime, formatTimeInZone, skew } from '../../../../apps/inspector/format/time.ts';
import { formatClock, formatClockMs } from '../../../../src/common/text.ts';

describe('the clock of a session', () => {
  it.each([
    [0, '0:00'],
    [65_400, '1:05'],
    [3_605_000, '1:00:05'],
    [-5000, '-0:05'],
    [-400, '0:00'],
  ])('%i ms is %s', (ms, text) => expect(formatClock(ms)).toBe(text));

  it('shows a length that is beyond all milliseconds', () => {
    expect([formatClock(Number.MAX_VALUE * 1000), formatClock(-Number.MAX_VALUE * 1000)]).toEqual(['∞', '-∞']);
  });

  it('shows milliseconds where they matter', () => {
    expect(formatClockMs(65_250)).toBe('1:05.250');
    expect(formatClockMs(-7)).toBe('-0:00.007');
  });
});

describe('a time', () => {
  const at = new Date(2026, 2, 4, 14, 3, 12, 250).valueOf(); // in the zone of whoever reads it

  it('is a time of day, to the millisecond', () => {
    expect(formatTime(at, at + 60_000)).toBe('14:03:12.250');
    expect(formatTime(at, at, false)).toBe('14:03:12');
  });

  it('has its date unless that is today', () => {
    expect(formatTime(at, at + 86_400_000)).toBe('2026-03-04 14:03:12.250');
  });

  it('has its zone where it stands whole', () => {
    expect(formatTimeInZone(at)).toMatch(/^2026-03-04 14:03:12\.250 GMT([+-]\d{1,2}(:\d\d)?)?$/);
    expect(formatTimeInZone(9e15)).toBe('9000000000000000');
  });

  it('is the bare number where no calendar reaches', () => {
    expect(formatTime(9e15, at)).toBe('9000000000000000');
  });

  it('is so long ago', () => {
    const since = (ms: number) => ago(at, at + ms);
    expect([500, 12_000, 300_000, 7_300_000, 200_000_000, -5000].map(since)).toEqual([
      'now',
      '12 s ago',
      '5 min ago',
      '2 h ago',
      '2 d ago',
      'now',
    ]);
  });

  it('is told apart from that of its receipt', () => {
    expect(skew(1000, 1200)).toBe('200 ms after its ts');
    expect(skew(5000, 2000)).toContain("3.0 s before its ts: the player's clock is ahead");
  });
});
