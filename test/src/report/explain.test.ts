import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Explanation, explainReport } from '../../../src/report/explain.ts';
import { sessionReport } from '../../../src/report/report.ts';
import { itForAny } from '../../support/it-for-any.ts';
import { arbitrarySession } from '../../support/report/arbitrary-session.ts';
import { at, recorded, START } from '../../support/report/sessions.ts';

const { session, events } = recorded([
  at(0, 'sessionStart', 0, { qoeData: { 'media.qoe.bitrate': 100 } }),
  at(0, 'adBreakStart'),
  at(0, 'adStart'),
  at(15, 'adComplete'),
  at(15, 'adBreakComplete'),
  at(15, 'play'),
  at(25, 'ping', 10),
  at(35, 'ping', 20),
  at(40, 'pauseStart', 25),
  at(50, 'ping', 25),
  at(60, 'play', 25),
  at(70, 'sessionComplete', 35),
]);
const explained = explainReport(session, events);

describe('the explanation of a report', () => {
  it('names the intervals that made a duration, neighbours as one', () => {
    expect(explained['sessionDetails.timePlayed']?.intervals).toEqual([
      {
        from: { index: 5, eventType: 'play', ts: START + 15_000, playhead: 0 },
        to: { index: 8, eventType: 'pauseStart', ts: START + 40_000, playhead: 25 },
        ms: 25_000,
      },
      {
        from: { index: 10, eventType: 'play', ts: START + 60_000, playhead: 25 },
        to: { index: 11, eventType: 'sessionComplete', ts: START + 70_000, playhead: 35 },
        ms: 10_000,
      },
    ]);
  });

  it('knows the options of the report, and no other', () => {
    for (const of of [sessionReport, explainReport]) {
      // @ts-expect-error
      expect(() => of(session, events, { asof: START })).toThrow(
        `${of.name}: there is no option asof; the options are`,
      );
    }
  });

  it('names the events that made a count', () => {
    expect(explained['sessionDetails.pauseCount']?.events).toEqual([
      { index: 8, eventType: 'pauseStart', ts: START + 40_000, playhead: 25 },
    ]);
  });

  it('names the events that a value was read from or a marker reached by', () => {
    expect(indexesOf('sessionDetails.hasProgress10')).toEqual([6]);
    expect(indexesOf('sessionDetails.hasProgress25')).toEqual([8]);
    expect(indexesOf('sessionDetails.hasProgress50')).toEqual([]);
    expect(indexesOf('sessionDetails.secondsSinceLastCall')).toEqual([11]);
  });

  it('names the ranges of the content that were viewed', () => {
    expect(explained['sessionDetails.uniqueTimePlayed']?.playheads).toEqual([[0, 35]]);
  });

  it('goes by the field path, into ads, chapters, states and diagnostics', () => {
    expect(explained['ads[0].advertisingDetails.timePlayed']?.intervals).toMatchObject([{ ms: 15_000 }]);
    expect(indexesOf('diagnostics[0].count')).toEqual([1, 2, 4, 5]); // equal-ts
  });

  it('shows a clock that jumped by itself, with the time it counts as', () => {
    const jumped = recorded([
      at(0, 'sessionStart'),
      at(0, 'play'),
      at(10, 'ping', 10),
      at(5000, 'ping', 20, { arrives: 20_000 }),
      at(5010, 'ping', 30, { arrives: 30_000 }),
    ]);
    const { intervals = [] } = explainReport(jumped.session, jumped.events)['sessionDetails.timePlayed'] ?? {};
    expect(intervals.map(({ ms }) => ms)).toEqual([10_000, 10_000, 10_000]);
  });

  it('has the time by the clock of the start where that of the client was set, and shows where by itself', () => {
    const set = recorded([
      ...[at(0, 'sessionStart'), at(0, 'play'), at(10, 'ping', 10), at(20, 'ping', 20)],
      ...[30, 40].map((second) => at(second - 3600, 'ping', second, { arrives: second * 1000 })),
    ]);
    const { intervals = [] } = explainReport(set.session, set.events)['sessionDetails.timePlayed'] ?? {};
    const before = START - 3_600_000;
    expect(intervals).toMatchObject([
      { from: { ts: START }, to: { ts: START + 20_000 }, ms: 20_000 },
      { from: { ts: START + 20_000 }, to: { ts: before + 30_000, time: START + 30_000 }, ms: 10_000 },
      { from: { ts: before + 30_000 }, to: { ts: before + 40_000, time: START + 40_000 }, ms: 10_000 },
    ]);
    expect(intervals[0]?.to).not.toHaveProperty('time');
  });

  itForAny('adds up to every duration and every count of the report', 500, () =>
    fc.property(arbitrarySession({ scrambled: true }), (arriving) => {
      const { session, events } = recorded(arriving);
      const report = sessionReport(session, events);
      const wrong = Object.entries(explainReport(session, events)).filter(([path, explanation]) => {
        const value = valueAt(report, path);
        if (/Time$|\.time$|timePlayed$|totalTimePlayed$/.test(path)) return secondsOf(explanation) !== value;
        if (/[cC]ount$/.test(path)) return explanation.events.length !== value;
        return /hasProgress/.test(path) && (explanation.events.length === 1) !== (value === true);
      });
      expect(wrong).toEqual([]);
    }),
  );

  it('explains every duration and every count that the report has', () => {
    const busy = recorded([
      ...[at(0, 'sessionStart'), at(1, 'chapterStart'), at(2, 'stateStart'), at(3, 'adBreakStart'), at(4, 'adStart')],
      at(5, 'ping', null),
    ]);
    const explained = Object.keys(explainReport(busy.session, busy.events));
    const numbers = pathsOf(sessionReport(busy.session, busy.events)).filter((path) =>
      /([cC]ount|Time|\.time|[tT]imePlayed|estimatedStreams|secondsSinceLastCall|averageMinuteAudience)$/.test(path),
    );
    expect(numbers.filter((path) => !explained.includes(path))).toEqual([]);
  });
});

function indexesOf(path: string): number[] | undefined {
  return explained[path]?.events.map(({ index }) => index);
}

function secondsOf({ intervals, playheads }: Explanation): number {
  const viewed = playheads?.reduce((sum, [from, to]) => sum + 1000 * (to - from), 0);
  return Math.floor((viewed ?? intervals.reduce((sum, { ms }) => sum + ms, 0)) / 1000 + 0.5);
}

function valueAt(report: unknown, path: string): unknown {
  const keys = path.split(/[.[\]]+/).filter(Boolean);
  return keys.reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], report);
}

function pathsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((entry, at) => pathsOf(entry, `${path}[${at}]`));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, member]) => pathsOf(member, path === '' ? key : `${path}.${key}`));
}
