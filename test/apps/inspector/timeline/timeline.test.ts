import { describe, expect, it } from 'vitest';
import { emptyLog } from '../../../../apps/inspector/events/event-log.ts';
import { axisMarks } from '../../../../apps/inspector/timeline/axis.ts';
import { boxesOf } from '../../../../apps/inspector/timeline/boxes.ts';
import { intervalName } from '../../../../apps/inspector/timeline/lane-names.ts';
import { closestTo, ticksOf } from '../../../../apps/inspector/timeline/ticks.ts';
import { panned, zoomed } from '../../../../apps/inspector/timeline/view.ts';
import type { IndexedEvent } from '../../../../src/inspector/api.ts';
import { eventAt, intervalOf } from '../../../support/inspector/events.ts';

const logOf = (events: readonly IndexedEvent[]) => emptyLog().with(events);

const whole = { from: 1000, to: 11_000 };

describe('the view', () => {
  it('zooms around a time that stays where it is', () => {
    expect(zoomed(whole, whole, 0.5, 6000)).toEqual({ from: 3500, to: 8500 });
    expect(zoomed(whole, whole, 0.5, 1000)).toEqual({ from: 1000, to: 6000 });
  });

  it('is all of the session again when it is zoomed out far enough', () => {
    expect(zoomed({ from: 2000, to: 9000 }, whole, 2, 5000)).toBeUndefined();
  });

  it('zooms no closer than a tenth of a second', () => {
    expect(zoomed({ from: 5000, to: 5100 }, whole, 0.5, 5050)).toEqual({ from: 5000, to: 5100 });
  });

  it('is panned no further than the session reaches', () => {
    expect(panned({ from: 2000, to: 4000 }, whole, 0.5)).toEqual({ from: 3000, to: 5000 });
    expect(panned({ from: 2000, to: 4000 }, whole, -5)).toEqual({ from: 1000, to: 3000 });
    expect(panned({ from: 2000, to: 4000 }, whole, 50)).toEqual({ from: 9000, to: 11_000 });
  });
});

describe('the axis', () => {
  it('has marks at round times since the start, as many as are legible', () => {
    const marks = axisMarks(whole, 1000, 400);
    expect(marks.map(({ label }) => label)).toEqual(['0:00', '0:02', '0:04', '0:06', '0:08', '']);
    expect(marks.map(({ at }) => at)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  });

  it('says milliseconds when it is zoomed in', () => {
    expect(axisMarks({ from: 1000, to: 1400 }, 1000, 400).map(({ label }) => label)).toContain('0:00.200');
  });

  it('leaves a label out where it would be cut off', () => {
    const marks = axisMarks({ from: 0, to: 4_000_000 }, 0, 400);
    expect(marks.map(({ label }) => label)).toEqual(['0:00', '15:00', '30:00', '45:00', '']); // 1:00:00 is 40 pixels away
  });

  it('is bounded however long a session is', () => {
    expect(axisMarks({ from: 0, to: 9e15 }, 0, 800).length).toBeLessThan(20);
  });
});

describe('the boxes of a lane', () => {
  it('lie to scale', () => {
    expect(boxesOf([intervalOf(1000, 3500), intervalOf(6000, 11_000)], whole, 1000)).toMatchObject([
      { left: 0, width: 0.25 },
      { left: 0.5, width: 0.5 },
    ]);
  });

  it('are cut at the edges of the view, and left out beyond', () => {
    const view = { from: 5000, to: 6000 };
    expect(boxesOf([intervalOf(1000, 3500), intervalOf(4000, 5500), intervalOf(7000, 8000)], view, 1000)).toMatchObject(
      [{ left: 0, width: 0.5 }],
    );
  });

  it('stand for several intervals where those are too close, so that the pixels bound their number', () => {
    const intervals = Array.from({ length: 5000 }, (_, at) => intervalOf(1000 + at * 2, 1001 + at * 2));
    const boxes = boxesOf(intervals, whole, 300);
    expect(boxes.length).toBeLessThan(300);
    expect(boxes.flatMap((box) => box.intervals)).toHaveLength(5000);
  });

  it('have names with their label and length', () => {
    const ads = { kind: 'ad', name: '', intervals: [] } as const;
    const interval = intervalOf(0, 15_000);
    expect(intervalName(ads, [{ ...interval, label: 'Spring sale' }])).toBe('Ad: Spring sale, 0:15');
    expect(intervalName({ kind: 'state', name: 'mute', intervals: [] }, [interval])).toBe('mute, 0:15');
    expect(intervalName(ads, [interval, interval])).toBe('Ads: 2 close together, 0:30');
    expect(intervalName(ads, [{ ...interval, count: 1_500 }])).toBe('Ads: 1,500 close together, 0:15');
    const gaps = { kind: 'gap', name: 'gap', intervals: [] } as const;
    expect(intervalName(gaps, [interval])).toBe('No event, 0:15');
    expect(intervalName(gaps, [interval, interval])).toBe('2 gaps, 0:30');
  });
});

describe('the ticks of the events', () => {
  it('show the weightiest of those that share a few pixels, and count the others', () => {
    const events = [eventAt(0, 1000, 'sessionStart'), eventAt(1, 6000), eventAt(2, 6001, 'play'), eventAt(3, 6002)];
    expect(ticksOf(logOf(events), whole, 300)).toMatchObject([
      { index: 0, count: 1 },
      { index: 2, count: 3 },
    ]);
  });

  it('are those in view', () => {
    const events = [1000, 4000, 5000, 9000].map((ts, index) => eventAt(index, ts));
    expect(ticksOf(logOf(events), { from: 3000, to: 6000 }, 300).map(({ index }) => index)).toEqual([1, 2]);
  });

  it('are bounded by the pixels', () => {
    const events = Array.from({ length: 20_000 }, (_, index) => eventAt(index, 1000 + index / 2));
    expect(ticksOf(logOf(events), whole, 600).length).toBeLessThanOrEqual(200);
  });

  it('are found by what is closest to the pointer', () => {
    const events = [eventAt(0, 1000), eventAt(1, 5000), eventAt(2, 5000, 'play'), eventAt(3, 9000)];
    const log = logOf(events);
    expect(closestTo(log, 5900)).toBe(2);
    expect(closestTo(log, 8000)).toBe(3);
    expect(closestTo(log, 99_000)).toBe(3);
    expect(closestTo(emptyLog(), 0)).toBeUndefined();
  });
});
