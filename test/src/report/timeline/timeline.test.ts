import { describe, expect, it } from 'vitest';
import { sessionReport } from '../../../../src/report/report.ts';
import type { StoredEvent } from '../../../../src/session/session.ts';
import { at, recordedAsArray, reportOf } from '../../../support/report/sessions.ts';

const start = at(0, 'sessionStart');

describe('content time', () => {
  it('runs from the first play outside a break', () => {
    expect(timesOf([start, at(5, 'ping'), at(10, 'play'), at(20, 'ping', 10)])).toMatchObject({ content: 10 });
  });

  it('is the difference of ts, not of playheads', () => {
    expect(timesOf([start, at(0, 'play'), at(10, 'ping', 70)])).toMatchObject({ content: 10 });
  });

  it('is not changed by a repeated play', () => {
    expect(timesOf([start, at(0, 'play'), at(4, 'play', 4), at(10, 'ping', 10)])).toMatchObject({ content: 10 });
  });

  it('runs on through an error', () => {
    expect(timesOf([start, at(0, 'play'), at(4, 'error', 4), at(10, 'ping', 10)])).toMatchObject({ content: 10 });
  });

  it('goes on after a break without a play', () => {
    const events = [
      start,
      at(0, 'play'),
      at(10, 'adBreakStart', 10),
      at(20, 'adBreakComplete', 10),
      at(25, 'ping', 15),
    ];
    expect(timesOf(events)).toMatchObject({ content: 15 });
  });

  it('stops at sessionComplete and starts again with a replay', () => {
    const events = [
      start,
      at(0, 'play'),
      at(10, 'sessionComplete', 10),
      at(20, 'ping', 20),
      at(30, 'play'),
      at(35, 'ping', 5),
    ];
    expect(timesOf(events)).toMatchObject({ content: 15 });
  });

  it('does not start with a play in a break', () => {
    const events = [start, at(0, 'adBreakStart'), at(0, 'play'), at(10, 'adBreakComplete'), at(20, 'ping', 10)];
    const report = reportOf(events);
    expect(report.sessionDetails).toMatchObject({ timePlayed: 0 });
    expect(report.sessionDetails).not.toHaveProperty('isPlayed');
    expect(report.qoeDataDetails).toHaveProperty('isDroppedBeforeStart', true);
  });

  it('is the time of an ad outside a break', () => {
    const events = [start, at(0, 'play'), at(5, 'adStart', 5), at(15, 'adComplete', 15), at(20, 'ping', 20)];
    expect(timesOf(events)).toMatchObject({ content: 20, ad: 0 });
  });

  it('is summed in milliseconds and rounded once, half up', () => {
    const pings = Array.from({ length: 10 }, (_, i) => at((i + 1) * 0.45, 'ping', i + 1));
    expect(timesOf([start, at(0, 'play'), ...pings])).toMatchObject({ content: 5 }); // 4.5 s in ten parts
    expect(timesOf([start, at(0, 'play'), at(4.499, 'ping', 4)])).toMatchObject({ content: 4 });
  });

  it('and the total are each rounded by themselves', () => {
    const preroll = [at(0, 'adBreakStart'), at(0, 'adStart'), at(10.4, 'adComplete'), at(10.4, 'adBreakComplete')];
    const { sessionDetails } = reportOf([start, ...preroll, at(10.4, 'play'), at(20.8, 'ping', 10)]);
    expect(sessionDetails).toMatchObject({ timePlayed: 10, totalTimePlayed: 21 });
  });

  it('is nothing from the last event to now', () => {
    const report = reportOf([start, at(0, 'play'), at(10, 'ping', 10)], { asOf: start.receivedAt + 500_000 });
    expect(report.sessionDetails.timePlayed).toBe(10);
  });
});

describe('pauses and buffering', () => {
  it('come before content, ads and breaks', () => {
    const events = [
      start,
      at(0, 'adBreakStart'),
      at(0, 'adStart'),
      at(5, 'pauseStart'),
      at(8, 'bufferStart'),
      at(9, 'play'),
    ];
    expect(timesOf([...events, at(10, 'adComplete')])).toMatchObject({ pause: 3, buffer: 1, ad: 6 });
  });

  it('count when they are entered, however often they are said', () => {
    const events = [
      start,
      at(0, 'play'),
      at(1, 'pauseStart', 1),
      at(2, 'pauseStart', 1),
      at(3, 'ping', 1),
      at(4, 'play', 1),
    ];
    expect(countsOf([...events, at(5, 'bufferStart', 2), at(6, 'bufferStart', 2), at(7, 'pauseStart', 2)])).toEqual({
      pauses: 2,
      buffers: 1,
    });
  });

  it('count before the first play', () => {
    const events = [start, at(0, 'bufferStart'), at(4, 'pauseStart'), at(6, 'play')];
    expect(timesOf(events)).toMatchObject({ buffer: 4, pause: 2 });
    expect(countsOf(events)).toEqual({ pauses: 1, buffers: 1 });
  });
});

describe('an interval longer than the idle timeout', () => {
  const jump = (arrives: number) => [
    start,
    at(0, 'play'),
    at(601, 'ping', 30, { arrives }),
    at(602, 'ping', 31, { arrives: arrives + 1000 }),
  ];

  it('counts as the time between the arrivals, for the clock of the client jumped', () => {
    expect(timesOf(jump(599_000))).toMatchObject({ content: 600 });
  });

  it('counts as the idle timeout at most', () => {
    expect(timesOf(jump(603_000))).toMatchObject({ content: 601 });
  });

  it('is told by the timeouts of the collector', () => {
    const events = [start, at(0, 'play'), at(50, 'ping', 50, { arrives: 7000 })];
    expect(reportOf(events, { timeouts: { idle: 40_000 } }).sessionDetails.timePlayed).toBe(7);
    expect(reportOf(events).sessionDetails.timePlayed).toBe(50);
  });

  it('counts as nothing in an array, whose events arrive at once', () => {
    const { session, events } = recordedAsArray(
      [start, at(0, 'play'), at(5000, 'ping', 9), at(5004, 'ping', 13)],
      9000,
    );
    expect(sessionReport(session, events).sessionDetails.timePlayed).toBe(4);
  });

  it('is one of exactly that length no more than any other', () => {
    const events = [start, at(0, 'play'), at(600, 'ping', 600, { arrives: 7000 })];
    expect(timesOf(events)).toMatchObject({ content: 600 });
  });
});

describe('a ts before that of the sessionStart', () => {
  it('makes an interval of no length', () => {
    expect(timesOf([at(10, 'sessionStart'), at(8, 'play'), at(11, 'ping', 3)])).toMatchObject({ content: 3 });
  });
});

describe('what comes after sessionEnd', () => {
  it('counts for nothing but eventCount and lastEventAt', () => {
    const report = reportOf([start, at(0, 'play'), at(5, 'sessionEnd', 5), at(8, 'ping', 8), at(9, 'error', 9)]);
    expect(report.sessionDetails.timePlayed).toBe(5);
    expect(report.qoeDataDetails.errorCount).toBe(0);
    expect(report).toMatchObject({ eventCount: 5, lastEventAt: start.receivedAt + 9000 });
  });

  it('counts when it only arrives after it', () => {
    const end = [at(5, 'sessionEnd', 5), at(5, 'adComplete', 0), at(5, 'adBreakComplete', 0)];
    const report = reportOf([start, at(0, 'adBreakStart'), at(0, 'adStart'), ...end]);
    expect(report.ads[0]?.advertisingDetails).toMatchObject({ isCompleted: true, timePlayed: 5 });
  });
});

function timesOf(events: readonly StoredEvent[]): Record<'content' | 'ad' | 'pause' | 'buffer', number> {
  const { sessionDetails, qoeDataDetails } = reportOf(events);
  const { timePlayed, totalTimePlayed, pauseTime } = sessionDetails;
  return { content: timePlayed, ad: totalTimePlayed - timePlayed, pause: pauseTime, buffer: qoeDataDetails.bufferTime };
}

function countsOf(events: readonly StoredEvent[]): Record<'pauses' | 'buffers', number> {
  const { sessionDetails, qoeDataDetails } = reportOf(events);
  return { pauses: sessionDetails.pauseCount, buffers: qoeDataDetails.bufferCount };
}
