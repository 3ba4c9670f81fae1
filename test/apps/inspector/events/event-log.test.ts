import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyLog } from '../../../../apps/inspector/events/event-log.ts';
import { eventAt } from '../../../support/inspector/events.ts';

describe('the log of the events of a session', () => {
  it('has them in the order of arrival', () => {
    const log = emptyLog()
      .with([eventAt(0, 1000, 'sessionStart'), eventAt(1, 900)])
      .with([eventAt(2, 950, 'play')]);
    expect(log.count).toBe(3);
    expect(log.at(2)).toEqual({ index: 2, eventType: 'play', ts: 950, playhead: 0 });
    expect([log.at(3), log.at(-1)]).toEqual([undefined, undefined]);
  });

  it('has them by time, those of one time as they arrived, however they came', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 20 }), { maxLength: 8 }), (chunks) => {
        let count = 0;
        const log = chunks.reduce((so, times) => so.with(times.map((ts) => eventAt(count++, ts))), emptyLog());
        const times = chunks.flat();
        const sorted = times.map((_, index) => index).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
        expect(log.byTime).toEqual(sorted);
      }),
    );
  });
});
