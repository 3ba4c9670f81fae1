import { describe, expect, it } from 'vitest';
import { runAtOnce } from '../../../src/common/work.ts';
import { analyse } from '../../../src/report/analysis.ts';
import { explanationsOf } from '../../../src/report/explain.ts';
import { breaksOf, type Lane, type LaneKind, lanesOf } from '../../../src/report/lanes.ts';
import { reportOf } from '../../../src/report/report.ts';
import type { StoredEvent } from '../../../src/session/session.ts';
import { at, recorded } from '../../support/report/sessions.ts';

describe('the lanes of a session', () => {
  const lanes = lanesIn([
    at(0, 'sessionStart'),
    at(0, 'adBreakStart'),
    at(0, 'adStart', 0, { params: { 'media.ad.name': 'Spring sale' } }),
    at(10.4, 'adComplete'),
    at(10.4, 'adStart'),
    at(20.8, 'adComplete'),
    at(20.8, 'adBreakComplete'),
    at(20.8, 'play'),
    at(22, 'stateStart', 1),
    at(30.8, 'pauseStart', 10),
    at(35.8, 'play', 10),
    at(36.8, 'stateEnd', 11),
    at(40.8, 'sessionEnd', 15),
  ]);

  it('are those with something on them', () => {
    expect(lanes.map(({ kind, name }) => [kind, name])).toEqual([
      ['content', 'content'],
      ['adBreak', 'adBreak'],
      ['ad', 'ad'],
      ['pause', 'pause'],
      ['state', 'mute'],
    ]);
  });

  it('have the intervals that the numbers of the report are made of', () => {
    expect(onLane('content', lanes)).toMatchObject([
      { from: { index: 7 }, to: { index: 9 }, ms: 10_000, field: 'sessionDetails.timePlayed' },
      { from: { index: 10 }, to: { index: 12 }, ms: 5000, field: 'sessionDetails.timePlayed' },
    ]);
  });

  it('name each ad, by its name or else its id, and say which it is', () => {
    expect(onLane('ad', lanes)).toMatchObject([
      { label: 'Spring sale', entry: 0, field: 'ads[0].advertisingDetails.timePlayed' },
      { label: 'ad', entry: 1, field: 'ads[1].advertisingDetails.timePlayed' },
    ]);
  });

  it('say how long each was on in all, as the report does: ads are rounded one by one', () => {
    expect(lanes.map(({ seconds }) => seconds)).toEqual([15, 21, 20, 5, 15]);
  });

  it('always have one of the content', () => {
    expect(lanesIn([at(0, 'sessionStart')])).toEqual([{ kind: 'content', name: 'content', intervals: [], seconds: 0 }]);
  });

  it('have a chapter by its name or else its number', () => {
    const [first, second] = onLane(
      'chapter',
      lanesIn([
        at(0, 'sessionStart'),
        at(0, 'play'),
        at(0, 'chapterStart'),
        at(5, 'chapterComplete', 5),
        at(5, 'chapterStart', 5, { params: { 'media.chapter.friendlyName': 'Credits' } }),
        at(9, 'sessionEnd', 9),
      ]),
    );
    expect([first?.label, second?.label]).toEqual(['Chapter 1', 'Credits']);
  });
});

describe('an ad break', () => {
  it('that nobody closed ends where the next begins, or with the last event', () => {
    const lanes = lanesIn([
      at(0, 'sessionStart'),
      at(1, 'adBreakStart'),
      at(5, 'adBreakStart', 0, { params: { 'media.ad.podFriendlyName': 'Mid-roll' } }),
      at(9, 'ping'),
    ]);
    expect(onLane('adBreak', lanes)).toMatchObject([
      { label: 'Break 1', from: { index: 1 }, to: { index: 2 }, ms: 4000 },
      { label: 'Mid-roll', from: { index: 2 }, to: { index: 3 }, ms: 4000 },
    ]);
  });
});

function lanesIn(arriving: readonly StoredEvent[]): Lane[] {
  const { session, events } = recorded(arriving);
  const analysis = runAtOnce(analyse(session, events, {}));
  const [report, explanations] = [runAtOnce(reportOf(analysis)), runAtOnce(explanationsOf(analysis))];
  return runAtOnce(lanesOf(report, explanations, runAtOnce(breaksOf(analysis))));
}

function onLane(kind: LaneKind, lanes: readonly Lane[]): Lane['intervals'] {
  return lanes.find((lane) => lane.kind === kind)?.intervals ?? [];
}
