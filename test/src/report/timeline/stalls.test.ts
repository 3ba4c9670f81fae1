import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../../src/session/session.ts';
import { at, reportOf } from '../../../support/report/sessions.ts';

const begin = [at(0, 'sessionStart'), at(0, 'play'), at(10, 'ping', 10)];

describe('a stall', () => {
  it('is the playhead standing still at three samples', () => {
    expect(stallsIn([at(20, 'ping', 10), at(30, 'ping', 10)])).toEqual({ count: 1, stalled: 20, content: 10 });
  });

  it('is not the playhead standing still at two samples', () => {
    expect(stallsIn([at(20, 'ping', 10)])).toEqual({ count: 0, stalled: 0, content: 20 });
  });

  it('is not made of events bunched within a second', () => {
    const bunch = [at(10.3, 'bitrateChange', 10), at(10.6, 'stateStart', 10), at(10.9, 'chapterStart', 10)];
    expect(stallsIn(bunch)).toMatchObject({ count: 0 });
  });

  it('takes a sample every second at most', () => {
    expect(stallsIn([at(10.9, 'ping', 10), at(11.8, 'ping', 10), at(12.7, 'ping', 10)])).toMatchObject({ count: 0 });
    expect(stallsIn([at(11, 'ping', 10), at(11.9, 'ping', 10), at(12, 'ping', 10)])).toMatchObject({
      count: 1,
      stalled: 2,
    });
  });

  it('ends where the playhead moves, and that interval is content', () => {
    const moving = [at(20, 'ping', 10), at(30, 'ping', 10), at(40, 'ping', 20)];
    expect(stallsIn(moving)).toEqual({ count: 1, stalled: 20, content: 20 });
  });

  it('counts once for each run', () => {
    const first = [at(11, 'ping', 10), at(12, 'ping', 10), at(13, 'ping', 11)];
    expect(stallsIn([...first, at(14, 'ping', 11), at(15, 'ping', 11)])).toMatchObject({ count: 2, stalled: 4 });
  });

  it.each([
    ['a pause', [at(11, 'pauseStart', 10), at(11, 'play', 10)]],
    ['a buffering', [at(11, 'bufferStart', 10), at(11, 'play', 10)]],
    ['a break', [at(11, 'adBreakStart', 10), at(11.001, 'adBreakComplete', 10)]],
    ['a movement', [at(11, 'ping', 11), at(11, 'ping', 10)]],
    ['an unknown playhead', [at(11, 'ping', null), at(11, 'ping', 10)]],
    ['a negative playhead', [at(11, 'ping', -1), at(11, 'ping', 10)]],
  ])('is cut short by %s, also one without length', (_, between) => {
    expect(stallsIn([...between, at(12, 'ping', 10)])).toMatchObject({ count: 0 });
  });

  it('does not come from a pause, an ad or an unknown playhead', () => {
    expect(stallsIn([at(10, 'pauseStart', 10), at(20, 'ping', 10), at(30, 'ping', 10)])).toMatchObject({ count: 0 });
    expect(
      stallsIn([at(10, 'adBreakStart', 10), at(10, 'adStart', 10), at(20, 'ping', 10), at(30, 'ping', 10)]),
    ).toMatchObject({ count: 0 });
    expect(stallsIn([at(20, 'ping', null), at(30, 'ping', null), at(40, 'ping', null)])).toMatchObject({ count: 0 });
  });

  it('is neither time of the chapter nor weight of the bitrate', () => {
    const events = [
      at(10, 'chapterStart', 10, { qoeData: { 'media.qoe.bitrate': 100 } }),
      at(15, 'ping', 15, { qoeData: { 'media.qoe.bitrate': 900 } }),
      at(20, 'ping', 15),
      at(30, 'ping', 15),
    ];
    const report = reportOf([...begin, ...events]);
    expect(report.chapters[0]?.chapterDetails.timePlayed).toBe(5);
    expect(report.qoeDataDetails).toMatchObject({ bitrateAverage: 100, hasStallImpactedStreams: true });
  });
});

function stallsIn(events: readonly StoredEvent[]): { count: number; stalled: number; content: number } {
  const { sessionDetails, qoeDataDetails } = reportOf([...begin, ...events]);
  return { count: qoeDataDetails.stallCount, stalled: qoeDataDetails.stallTime, content: sessionDetails.timePlayed };
}
