import fc from 'fast-check';
import { describe, expect } from 'vitest';
import type { SessionReport } from '../../../src/report/schema/report-schema.ts';
import { DEFAULT_TIMEOUTS } from '../../../src/session/lifecycle.ts';
import type { StoredEvent } from '../../../src/session/session.ts';
import { itForAny } from '../../support/it-for-any.ts';
import { arbitrarySession, withUnsteadyClock } from '../../support/report/arbitrary-session.ts';
import { recorded, reportOf } from '../../support/report/sessions.ts';
import { slowReport } from '../../support/report/slow-report/report.ts';

describe('the report beside a slow one that says each rule over the whole list of events', () => {
  itForAny('agrees for events that arrive as they happen', 500, () => fc.property(arbitrarySession(), agrees));

  itForAny('agrees for events that arrive in any order', 500, () =>
    fc.property(arbitrarySession({ scrambled: true }), agrees),
  );

  itForAny('agrees for events that nearly all happen at one instant', 500, () =>
    fc.property(arbitrarySession({ steps: [0, 0, 0, 0, 0, 0, 0, 3], scrambled: true }), agrees),
  );

  itForAny('agrees where the clock of the client jumps', 300, () =>
    fc.property(arbitrarySession({ steps: [0, 1, 10, 600, 601, 5000], scrambled: true }), agrees),
  );

  itForAny('agrees where the clock of the client is set, and where events wait', 500, () =>
    fc.property(arbitrarySession().chain(withUnsteadyClock), agrees),
  );

  itForAny('agrees for main content where the clock of the client is set, and where events wait', 1000, () =>
    fc.property(arbitrarySession({ types: ['play', 'ping', 'ping', 'pauseStart'] }).chain(withUnsteadyClock), agrees),
  );

  itForAny('agrees for main content with all kinds of playheads', 500, () =>
    fc.property(
      arbitrarySession({ types: ['play', 'ping', 'ping', 'ping', 'pauseStart', 'chapterStart', 'bitrateChange'] }),
      agrees,
    ),
  );
});

function agrees(arriving: StoredEvent[]): void {
  const { events } = recorded(arriving);
  expect(numbersOf(reportOf(arriving))).toEqual(slowReport(events, DEFAULT_TIMEOUTS.idle));
}

function numbersOf({ sessionDetails, qoeDataDetails, ads, chapters, states, diagnostics }: SessionReport): unknown {
  return {
    clockJumps: clockJumpsIn(diagnostics),
    timePlayed: sessionDetails.timePlayed,
    totalTimePlayed: sessionDetails.totalTimePlayed,
    uniqueTimePlayed: sessionDetails.uniqueTimePlayed,
    pauseTime: sessionDetails.pauseTime,
    bufferTime: qoeDataDetails.bufferTime,
    stallTime: qoeDataDetails.stallTime,
    stallCount: qoeDataDetails.stallCount,
    pauseCount: sessionDetails.pauseCount,
    bufferCount: qoeDataDetails.bufferCount,
    isPlayed: sessionDetails.isPlayed === true,
    isCompleted: sessionDetails.isCompleted === true,
    reached50: sessionDetails.hasProgress50 === true,
    segment: sessionDetails.segment,
    bitrateAverage: qoeDataDetails.bitrateAverage,
    ads: ads.map(({ advertisingDetails: ad, advertisingPodDetails: pod }) => ({
      name: ad.name,
      index: pod.index,
      isCompleted: ad.isCompleted === true,
      timePlayed: ad.timePlayed,
    })),
    chapters: chapters.map(({ chapterDetails: chapter }) => ({
      index: chapter.index,
      isCompleted: chapter.isCompleted === true,
      timePlayed: chapter.timePlayed,
    })),
    states: states.map(({ name, count, time }) => ({ name, count, time })),
  };
}

function clockJumpsIn(diagnostics: SessionReport['diagnostics']): unknown {
  const found = diagnostics.find(({ code }) => code === 'clock-jump');
  const [, seconds = '0'] = /largest of [+-]?([\d.]+) s/.exec(found?.message ?? '') ?? [];
  return { count: found?.count ?? 0, largest: Math.round(Number(seconds) * 1000) };
}
