import { describe, expect, it } from 'vitest';
import { sessionReport } from '../../../../src/report/report.ts';
import {
  DIAGNOSTIC_CODES,
  type Diagnostic,
  type DiagnosticCode,
} from '../../../../src/report/schema/diagnostic-schema.ts';

import type { StoredEvent } from '../../../../src/session/session.ts';
import { at, codesOf, recordedAsArray, reportOf, START } from '../../../support/report/sessions.ts';

const start = at(0, 'sessionStart');
const liveStart = at(0, 'sessionStart', 43_200, { params: { 'media.contentType': 'live' } });
const linearStart = at(0, 'sessionStart', 43_200, { params: { 'media.contentType': 'linear' } });
const writtenLinearStart = at(0, 'sessionStart', 43_200, { params: { 'media.contentType': 'Linear' } });
const play = at(0.001, 'play');
const minute = [start, play, ...[10, 20, 30, 40, 50, 60].map((second) => at(second, 'ping', second))];
const pod = [at(1, 'adBreakStart', 1), at(1.1, 'adStart', 1)];
const closedPod = [...pod, at(5, 'adComplete', 1), at(5.1, 'adBreakComplete', 1)];

/** A session that each diagnostic is expected of, and those it is not expected of though they come near. */
interface Case {
  readonly severity: Diagnostic['severity'];
  readonly of: readonly StoredEvent[];
  /** How many events of the session come after these. */
  readonly leftOut?: number;
  readonly count?: number;
  /** What the message says: the numbers that matter. */
  readonly says: RegExp;
  readonly at: string;
  readonly notOf: Readonly<Record<string, readonly StoredEvent[]>>;
}

const CASES: Readonly<Record<DiagnosticCode, Case>> = {
  'events-left-out': {
    severity: 'error',
    of: [start, play],
    leftOut: 12,
    says: /last 12 events/,
    at: 'sessionStart',
    notOf: { 'a session that is whole': [start, play] },
  },
  'ad-outside-break': {
    severity: 'error',
    of: [start, play, at(1, 'adStart', 1), at(5, 'adComplete', 5), at(6, 'adStart', 6)],
    count: 2,
    says: /2 adStarts .*"ad".*main content.*stall.* adBreakStart/,
    at: 'adStart',
    notOf: { 'an ad in a break': [start, play, ...closedPod] },
  },
  'ts-not-milliseconds': {
    severity: 'error',
    of: inUnit(1000, minute),
    count: 8,
    says: /8 events .*microseconds/,
    at: 'sessionStart',
    notOf: {
      milliseconds: minute,
      'a device that begins in 1970': inUnit(1, minute, -START),
      'a clock beyond all years, in milliseconds': inUnit(1, minute, 1e14),
      'events in seconds that arrive within 5 s': inUnit(1 / 1000, [start, play, at(5, 'ping', 5)]),
    },
  },
  'no-main-play': {
    severity: 'error',
    of: [start, at(1, 'ping'), at(11, 'ping', 10), at(21, 'ping', 22)],
    count: 2,
    says: /12 s/,
    at: 'ping',
    notOf: {
      'a main play later': [start, at(11, 'ping', 10), at(12, 'play', 11)],
      'a rise of a second': [start, at(1, 'ping', 1)],
      'a rise of a second between fractions': [at(0, 'sessionStart', 1.2), at(1, 'ping', 2.2)],
      'a rise in a pause': [start, at(1, 'pauseStart'), at(9, 'ping', 9)],
      'a rise in a break': [start, at(1, 'adBreakStart'), at(9, 'ping', 9)],
      'a viewer who leaves a live stream before it plays': [liveStart, at(5, 'sessionEnd', 43_205)],
      'a viewer who leaves a linear stream before it plays': [linearStart, at(5, 'sessionEnd', 43_205)],
      'the same as the documentation writes it': [writtenLinearStart, at(5, 'sessionEnd', 43_205)],
      'a rise after sessionComplete': [start, at(1, 'sessionComplete'), at(9, 'ping', 9)],
    },
  },
  'ad-not-closed': {
    severity: 'warning',
    of: [start, ...pod, at(3, 'adStart'), at(4, 'adBreakComplete')],
    count: 2,
    says: /2 ads .*adComplete or adSkip/,
    at: 'adStart',
    notOf: {
      'a completed ad': [start, ...closedPod],
      'a skipped ad': [start, ...pod, at(2, 'adSkip'), at(3, 'adBreakComplete')],
      'a viewer who left in an ad': [start, ...pod, at(9, 'ping')],
    },
  },
  'break-not-closed': {
    severity: 'warning',
    of: [start, play, ...pod, at(3, 'adComplete', 1), at(9, 'adBreakStart', 1), at(10, 'adBreakComplete', 1)],
    says: /pod 1.*adBreakComplete/,
    at: 'adBreakStart',
    notOf: {
      'a closed break': [start, play, ...closedPod],
      'a viewer who left in a break': [start, play, ...pod, at(9, 'adComplete', 1), at(12, 'ping', 1)],
      'a playhead that rose by a second': [start, play, at(1, 'adBreakStart', 1), at(9, 'ping', 2)],
      'a seek in a pause': [start, play, at(1, 'adBreakStart', 1), at(2, 'pauseStart', 1), at(9, 'ping', 50)],
      'a seek in a pause that ends': [
        ...[start, play, at(1, 'adBreakStart', 1), at(2, 'pauseStart', 1), at(9, 'play', 50), at(9.5, 'ping', 50.5)],
      ],
      'a playhead that sways in the wait for an ad': [
        ...[start, play, at(10, 'adBreakStart', 10), at(11, 'ping', 10.6), at(12, 'ping', 10)],
        ...[at(13, 'adStart', 10.6), at(20, 'adComplete', 10.6), at(20.1, 'adBreakComplete', 10.6)],
      ],
      'playheads that rise a little in each wait for an ad': [
        ...[start, play, at(10, 'adBreakStart', 10), at(11, 'adStart', 10.6), at(20, 'adComplete', 10.6)],
        ...[at(21, 'adStart', 11.2), at(30, 'adComplete', 11.2), at(30.1, 'adBreakComplete', 11.2)],
      ],
      ...waitsForAnAd({ live: liveStart, linear: linearStart, Linear: writtenLinearStart }),
    },
  },
  'ad-while-paused': {
    severity: 'warning',
    of: [start, at(0.5, 'pauseStart'), ...pod, at(9, 'adComplete')],
    says: /"ad".*pauseTime/,
    at: 'adComplete',
    notOf: {
      'an ad with a play': [start, at(0.5, 'pauseStart'), ...pod, at(2, 'play'), at(9, 'adComplete')],
      'a pause within the ad': [start, ...pod, at(2, 'pauseStart'), at(9, 'adComplete')],
    },
  },
  'play-before-preroll': {
    severity: 'warning',
    of: [start, play, at(0.9, 'adBreakStart'), at(0.9, 'adStart')],
    says: /899 ms/,
    at: 'adBreakStart',
    notOf: {
      'a break a second later': [start, play, at(1.001, 'adBreakStart')],
      'a play right behind the break': [start, at(0.5, 'adBreakStart'), at(0.5, 'play')],
      'a playhead that moved': [start, play, at(0.9, 'adBreakStart', 0.9)],
      'a play elsewhere': [start, at(0.001, 'play', 9), at(0.9, 'adBreakStart', 9)],
      'a playhead that fell back to the start': [start, at(0.001, 'play', 9), at(0.9, 'adBreakStart', 0)],
      'a start of unknown playhead, though another sessionStart follows the play': [
        at(0, 'sessionStart', null),
        ...[play, at(0.5, 'sessionStart'), at(0.9, 'adBreakStart')],
      ],
      'an ad before': [
        ...[start, at(0.1, 'adBreakStart'), at(0.1, 'adStart'), at(0.2, 'adBreakComplete'), at(0.3, 'play')],
        at(0.4, 'adBreakStart'),
      ],
    },
  },
  'end-without-start': {
    severity: 'warning',
    of: [
      ...[start, at(1, 'adComplete'), at(2, 'adSkip'), at(3, 'adBreakComplete'), at(4, 'chapterComplete')],
      at(5, 'chapterSkip'),
    ],
    count: 5,
    says: /5 events.*adComplete/,
    at: 'adComplete',
    notOf: { 'an end that arrived first': [start, at(1, 'chapterSkip'), at(1, 'chapterStart')] },
  },
  'chapter-overlap': {
    severity: 'warning',
    of: [start, at(1, 'chapterStart'), at(2, 'chapterStart')],
    says: /chapter 1.*chapterComplete or chapterSkip/,
    at: 'chapterStart',
    notOf: { 'one after the other': [start, at(1, 'chapterStart'), at(2, 'chapterSkip'), at(3, 'chapterStart')] },
  },
  'complete-without-play': {
    severity: 'warning',
    of: [start, at(1, 'sessionComplete')],
    says: /play/,
    at: 'sessionComplete',
    notOf: { 'a session that played': [start, play, at(1, 'sessionComplete')] },
  },
  'play-after-complete': {
    severity: 'warning',
    of: [start, play, at(5, 'sessionComplete', 5), at(6, 'play'), at(8, 'pauseStart', 2), at(9, 'play', 2)],
    count: 2,
    says: /2 plays .*another session/,
    at: 'play',
    notOf: {
      'the play of a post-roll': [
        start,
        play,
        at(0.5, 'sessionComplete'),
        ...pod,
        at(1.2, 'play'),
        at(5, 'adComplete'),
      ],
      'a play that came before': [start, at(5, 'play'), at(5, 'sessionComplete')],
    },
  },
  'missing-pings': {
    severity: 'warning',
    of: [start, play, at(31, 'ping', 31), at(122, 'ping', 122), at(127, 'ping', 127)],
    count: 2,
    says: /2 gaps.*91 s.*10 s/,
    at: 'ping',
    notOf: {
      'thirty seconds': [start, at(0, 'play'), at(30, 'ping', 30)],
      'what comes after sessionComplete': [start, at(0, 'play'), at(9, 'sessionComplete', 9), at(99, 'sessionEnd', 9)],
      'what lies between one sessionComplete and another': [
        start,
        play,
        at(9, 'sessionComplete', 9),
        at(99, 'sessionComplete', 9),
      ],
      'a clock that jumped': [start, at(0, 'play'), at(1000, 'ping', 9)],
      'a gap by the clock of the client that the arrivals do not have': [
        ...[start, play, at(31.5, 'ping', 31, { arrives: 29_000 }), at(35, 'ping', 35)],
      ],
    },
  },
  'clock-jump': {
    severity: 'warning',
    of: [start, play, at(1000, 'ping', 9, { arrives: 9000 })],
    says: /1 jump .*\+991 s/,
    at: 'ping',
    notOf: { 'the idle timeout': [start, at(0, 'play'), at(600, 'ping', 9)] },
  },
  'ts-before-start': {
    severity: 'warning',
    of: [at(9, 'sessionStart'), at(2, 'play'), at(10, 'ping')],
    says: /1 event .*7 s/,
    at: 'play',
    notOf: { 'the ts of the start': [at(9, 'sessionStart'), at(9, 'play')] },
  },
  'late-event': {
    severity: 'warning',
    of: [start, play, at(20, 'ping', 20), at(19, 'ping', 19, { arrives: 25_100 })],
    says: /1 event .*5.1 s/,
    at: 'ping',
    notOf: {
      'five seconds': [start, play, at(20, 'ping', 20), at(19, 'ping', 19, { arrives: 25_000 })],
      'a queue that arrives at once': [start, play, at(20, 'ping', 20), at(1, 'ping', 1), at(10, 'ping', 10)],
    },
  },
  'after-session-end': {
    severity: 'warning',
    of: [start, play, at(5, 'sessionEnd', 5), at(5, 'sessionEnd', 5), at(6, 'ping', 6)],
    count: 2,
    says: /2 events/,
    at: 'sessionEnd',
    notOf: { 'what happened before it': [start, play, at(5, 'sessionEnd', 5), at(4, 'ping', 4)] },
  },
  'playhead-beyond-length': {
    severity: 'warning',
    of: [start, play, at(4, 'ping', 100.5), at(5, 'ping', 101.1), at(9, 'ping', 150)],
    count: 2,
    says: /2 events .*50 s/,
    at: 'ping',
    notOf: {
      'a second beyond': [start, play, at(5, 'ping', 101)],
      'a session that never played': [start, at(5, 'ping', 150)],
      'no length': [at(0, 'sessionStart', 0, { params: { 'media.length': null } }), play, at(5, 'ping', 150)],
    },
  },
  'playhead-frozen': {
    severity: 'warning',
    of: [start, play, at(10, 'ping'), at(20, 'ping')],
    says: /20 s/,
    at: 'play',
    notOf: {
      'a movement elsewhere in the content': [start, play, at(10, 'ping'), at(20, 'ping'), at(30, 'ping', 10)],
      'no stall': [start, play, at(10, 'ping')],
    },
  },
  'too-many-states': {
    severity: 'warning',
    of: [start, ...states(12)],
    count: 2,
    says: /2 stateStarts .*"s10"/,
    at: 'stateStart',
    notOf: { 'ten states': [start, ...states(10)] },
  },
  'unknown-qoe-key': {
    severity: 'warning',
    of: [start, at(1, 'ping', 0, { qoeData: { bitrate: 1, 'media.qoe.fps': 2, 'media.qoe.bitrate': 3 } })],
    count: 2,
    says: /2 keys .*"bitrate"/,
    at: 'ping',
    notOf: { 'the six keys': [start, at(1, 'error', 0, { qoeData: qoeDataOfAllKeys() })] },
  },
  'unusable-qoe-value': {
    severity: 'warning',
    of: [
      at(0, 'sessionStart', 0, { qoeData: { 'media.qoe.droppedFrames': -3 } }),
      at(1, 'ping', 0, { qoeData: { 'media.qoe.timeToStart': 2 ** 53, 'media.qoe.bitrate': -0.5 } }),
    ],
    count: 3,
    says: /3 values .*"media.qoe.droppedFrames"/,
    at: 'sessionStart',
    notOf: {
      'the least and the greatest that count': [
        start,
        at(1, 'ping', 0, {
          qoeData: { 'media.qoe.droppedFrames': 0, 'media.qoe.bitrate': Number.MAX_SAFE_INTEGER },
        }),
      ],
      'a player without a reading': [start, at(1, 'ping', 0, { qoeData: { 'media.qoe.droppedFrames': null } })],
      'a key that is not reported': [start, at(1, 'ping', 0, { qoeData: { 'media.qoe.framesPerSecond': -1 } })],
    },
  },
  'qoe-in-params': {
    severity: 'warning',
    of: [start, at(1, 'bitrateChange', 0, { params: { 'media.qoe.bitrate': 3 } })],
    says: /"media.qoe.bitrate".*qoeData/,
    at: 'bitrateChange',
    notOf: { qoeData: [start, at(1, 'bitrateChange', 0, { qoeData: { 'media.qoe.bitrate': 3 } })] },
  },
  'params-on-ping': {
    severity: 'info',
    of: [start, at(1, 'ping', 0, { params: { key: 1 } })],
    says: /1 ping /,
    at: 'ping',
    notOf: {
      'empty params, as the documentation has them': [start, at(1, 'ping', 0, { params: {} })],
      'params of another event': [start, at(1, 'play', 0, { params: { key: 1 } })],
    },
  },
  'bitrate-change-without-value': {
    severity: 'info',
    of: [
      ...[start, at(1, 'bitrateChange'), at(2, 'bitrateChange', 0, { qoeData: { 'media.qoe.bitrate': null } })],
      at(3, 'bitrateChange', 0, { qoeData: { 'media.qoe.bitrate': -1 } }),
    ],
    count: 3,
    says: /3 bitrateChanges/,
    at: 'bitrateChange',
    notOf: { 'a value': [start, at(1, 'bitrateChange', 0, { qoeData: { 'media.qoe.bitrate': 0 } })] },
  },
  'restart-without-resume': {
    severity: 'info',
    of: [at(0, 'sessionStart', 30)],
    says: /playhead 30 .*nothing to do/,
    at: 'sessionStart',
    notOf: {
      'a start at 0': [start],
      'a resume': [at(0, 'sessionStart', 30, { params: { 'media.resume': true } })],
      'a live stream': [at(0, 'sessionStart', 30, { params: { 'media.contentType': 'live' } })],
      'a linear stream': [at(0, 'sessionStart', 30, { params: { 'media.contentType': 'linear' } })],
      'a live stream, as the documentation writes it': [
        at(0, 'sessionStart', 30, { params: { 'media.contentType': 'Live' } }),
      ],
    },
  },
  'duplicate-state-start': {
    severity: 'info',
    of: [start, at(1, 'stateStart'), at(2, 'stateStart')],
    says: /"mute"/,
    at: 'stateStart',
    notOf: {
      'a state that ended': [start, at(1, 'stateStart'), at(2, 'stateEnd'), at(3, 'stateStart')],
      'a state that was dropped': [start, ...states(11), ...states(11, 20).slice(10)],
    },
  },
  'state-end-without-start': {
    severity: 'info',
    of: [start, at(1, 'stateEnd')],
    says: /"mute"/,
    at: 'stateEnd',
    notOf: {
      'a state that is on': [start, at(1, 'stateStart'), at(2, 'stateEnd')],
      'a state that was dropped': [
        start,
        ...states(11),
        at(20, 'stateEnd', 0, { params: { 'media.state.name': 's10' } }),
      ],
    },
  },
  'chapter-not-closed': {
    severity: 'info',
    of: [start, at(1, 'chapterStart'), at(2, 'sessionComplete'), at(3, 'sessionEnd')],
    says: /chapter 1/,
    at: 'sessionComplete',
    notOf: {
      'a closed chapter': [start, at(1, 'chapterStart'), at(2, 'chapterSkip'), at(3, 'sessionEnd')],
      'a viewer who left in it': [start, at(1, 'chapterStart'), at(2, 'ping')],
    },
  },
  'equal-ts': {
    severity: 'info',
    of: [start, at(0, 'play'), at(0, 'ping')],
    count: 2,
    says: /2 events .*nothing to do.*1 ms/,
    at: 'play',
    notOf: { 'a millisecond between': [start, at(0.001, 'play')] },
  },
  'out-of-order': {
    severity: 'info',
    of: [start, play, at(20, 'ping', 20), at(15, 'ping', 15, { arrives: 25_000 })],
    says: /5000 ms/,
    at: 'ping',
    notOf: {
      'more than five seconds': [start, play, at(20, 'ping', 20), at(19, 'ping', 19, { arrives: 25_001 })],
      'the same ts': [start, play, at(20, 'ping', 20), at(20, 'ping', 20)],
    },
  },
  'playhead-unknown': {
    severity: 'info',
    of: [start, at(1, 'ping', null), at(2, 'ping', -1)],
    count: 2,
    says: /2 events/,
    at: 'ping',
    notOf: { 'a playhead of 0': [start, at(1, 'ping', 0)] },
  },
  'metadata-not-repeated': {
    severity: 'warning',
    of: [at(0, 'sessionStart', 0, { customMetadata: { key: 'x'.repeat(499_992) } }), ...pod, at(9, 'chapterStart')],
    says: /1000002 characters/,
    at: 'sessionStart',
    notOf: {
      'a million characters': [
        at(0, 'sessionStart', 0, { customMetadata: { key: 'x'.repeat(499_991) } }),
        ...pod,
        at(9, 'chapterStart'),
      ],
    },
  },
  'no-length': {
    severity: 'info',
    of: [at(0, 'sessionStart', 0, { params: { 'media.length': null } })],
    says: /86400/,
    at: 'sessionStart',
    notOf: { 'a length': [start] },
  },
};

describe.each(DIAGNOSTIC_CODES)('the diagnostic %s', (code) => {
  const expected = CASES[code];

  it(`is ${expected.severity}, with what happened, how often and where first`, () => {
    const found = find(code, expected.of, expected.leftOut);
    expect(found).toMatchObject({ severity: expected.severity, count: expected.count ?? 1, eventType: expected.at });
    expect(found?.message).toMatch(expected.says);
    expect(found?.message).toMatch(/^(?!.*\. ).*\.$/); // one sentence
    expect(found?.ts).toBeGreaterThanOrEqual(START);
  });

  it.each(Object.entries(expected.notOf))('does not come from %s', (_, events) => {
    expect(find(code, events)).toBeUndefined();
  });
});

describe('ad-not-closed', () => {
  it.each([
    ['adBreakStart', at(3, 'adBreakStart')],
    ['adBreakComplete', at(3, 'adBreakComplete')],
    ['sessionComplete', at(3, 'sessionComplete')],
    ['sessionEnd', at(3, 'sessionEnd')],
  ])('comes from %s with an ad open', (_, closing) => {
    expect(find('ad-not-closed', [start, ...pod, closing])).toMatchObject({ count: 1 });
  });

  it('comes once for an ad open at sessionComplete and at sessionEnd', () => {
    expect(find('ad-not-closed', [start, ...pod, at(3, 'sessionComplete'), at(4, 'sessionEnd')])).toMatchObject({
      count: 1,
    });
  });
});

describe('break-not-closed', () => {
  it.each([
    ['sessionComplete', at(9, 'sessionComplete', 1)],
    ['sessionEnd', at(9, 'sessionEnd', 1)],
    ['content in the break', at(9, 'ping', 3)],
  ])('comes from %s with a break open', (_, last) => {
    expect(find('break-not-closed', [start, play, ...pod, at(3, 'adComplete', 1), last])).toMatchObject({ count: 1 });
  });

  it('comes from content in the break that moves by a second a time, once for the break', () => {
    const pings = [1, 2, 3, 4, 5].map((second) => at(3 + second, 'ping', 1 + second));
    expect(find('break-not-closed', [start, play, ...pod, at(3, 'adComplete', 1), ...pings])).toMatchObject({
      count: 1,
      ts: START + 5000,
    });
  });
});

describe('what is open at sessionComplete', () => {
  const content = [start, play, at(10, 'ping', 10)];
  const complete = at(20, 'sessionComplete', 20);
  const postRoll = [at(20, 'adBreakStart', 20), at(20, 'adStart', 20)];
  const notClosed = (events: readonly StoredEvent[]) =>
    reportOf(events)
      .diagnostics.filter(({ code }) => code.endsWith('-not-closed'))
      .map(({ code, count, ts = 0 }) => [code, count, (ts - START) / 1000]);

  it('is closed when its end comes later: a post-roll that starts with it', () => {
    const ends = [at(35, 'adComplete', 20), at(35.1, 'adBreakComplete', 20), at(35.2, 'sessionEnd', 20)];
    const events = [...content, complete, ...postRoll, at(28, 'ping', 20), ...ends];
    expect(reportOf(events).ads[0]?.advertisingDetails).toMatchObject({ isCompleted: true, timePlayed: 15 });
    expect(notClosed(events)).toEqual([]);
  });

  it('is closed when its end comes later: a chapter', () => {
    const ends = [at(20.001, 'chapterComplete', 20), at(20.002, 'sessionEnd', 20)];
    expect(notClosed([...content, at(11, 'chapterStart', 11), complete, ...ends])).toEqual([]);
  });

  it.each([
    ['sessionEnd', at(25, 'sessionEnd', 20)],
    ['nothing more', at(25, 'ping', 20)],
    ['another sessionComplete', at(25, 'sessionComplete', 20)],
  ])('is not closed when only %s comes: it is noted once, there', (_, last) => {
    const events = [...content, at(11, 'chapterStart', 11), complete, ...postRoll, last];
    expect(notClosed(events)).toEqual([
      ['ad-not-closed', 1, 20],
      ['break-not-closed', 1, 20],
      ['chapter-not-closed', 1, 20],
    ]);
  });

  it('is not closed when the next of its kind comes instead of its end', () => {
    const next = [at(25, 'adBreakStart', 20), at(26, 'chapterStart', 20)];
    const events = [...content, at(11, 'chapterStart', 11), complete, ...postRoll, ...next];
    expect(notClosed(events)).toEqual([
      ['ad-not-closed', 1, 20],
      ['break-not-closed', 1, 20],
      ['chapter-not-closed', 1, 20],
    ]);
  });

  it('counts an ad that only its break closes', () => {
    expect(notClosed([...content, complete, ...postRoll, at(35, 'adBreakComplete', 20)])).toEqual([
      ['ad-not-closed', 1, 20],
    ]);
  });
});

describe('ad-while-paused', () => {
  it('comes from an ad that is still open at the last event', () => {
    expect(find('ad-while-paused', [start, at(0.5, 'pauseStart'), ...pod, at(9, 'ping')])).toMatchObject({
      eventType: 'ping',
    });
  });
});

describe('missing-pings', () => {
  const severityOf = (events: readonly StoredEvent[]) => find('missing-pings', events)?.severity;
  const resume = [at(210, 'play', 10), at(215, 'ping', 15)];

  it('is usual up to 90 s, as a browser lets a tab in the background send once a minute', () => {
    expect(severityOf([start, play, at(90.001, 'ping', 90)])).toBe('info');
    expect(severityOf([start, play, at(90.002, 'ping', 90)])).toBe('warning');
  });

  it('is usual in a pause', () => {
    expect(severityOf([start, play, at(10, 'pauseStart', 10), ...resume])).toBe('info');
  });

  it('is as severe as the worst', () => {
    const later = [at(330, 'ping', 130), at(370, 'ping', 170)];
    expect(severityOf([start, play, at(10, 'pauseStart', 10), ...resume, ...later])).toBe('warning');
    expect(find('missing-pings', [start, play, ...later])).toMatchObject({ count: 2, severity: 'warning' });
  });

  it('goes by the shorter of the gap that the client tells and that of the arrivals', () => {
    const late = at(0.001, 'play', 0, { arrives: 4000 });
    expect(severityOf([start, late, at(93, 'ping', 90)])).toBe('info');
  });

  it('comes only after 150 s in downloaded content', () => {
    const codesFor = (seconds: number) => {
      const { session, events } = recordedAsArray([start, play, at(seconds, 'ping', seconds)], 9999);
      return codesOf(sessionReport(session, events));
    };
    expect(codesFor(150)).not.toContain('missing-pings');
    expect(codesFor(151)).toContain('missing-pings');
  });

  it('comes from the time before sessionComplete, however late that is', () => {
    expect(codesOf(reportOf([start, play, at(31, 'sessionComplete', 31)]))).toContain('missing-pings');
  });
});

describe('ts-not-milliseconds', () => {
  const report = reportOf(inUnit(1 / 1000, minute));

  it('comes from seconds, which nothing scales, and of which no clock is mended', () => {
    expect(report.diagnostics.find(({ code }) => code === 'ts-not-milliseconds')).toMatchObject({
      count: 8,
      message: expect.stringContaining('seconds'),
    });
    expect(report.sessionDetails.timePlayed).toBe(0);
    expect(codesOf(report)).not.toContain('clock-jump');
  });

  it('leaves what microseconds come to, however long', () => {
    const microseconds = reportOf(inUnit(1000, minute));
    expect(microseconds.sessionDetails.timePlayed).toBe(59_999);
    expect(codesOf(microseconds)).not.toContain('clock-jump');
  });

  it.each([
    [500, true],
    [499, false],
    [2000, true],
    [2001, false],
  ])('comes where the arrivals take %i times as long: %s', (times, comes) => {
    const [first, second] = [at(0, 'sessionStart'), at(times, 'play')];
    const events = inUnit(
      1,
      [first, { ...second, event: { ...second.event, playerTime: { playhead: 0, ts: START + 1000 } } }],
      -START,
    );
    expect(codesOf(reportOf(events)).includes('ts-not-milliseconds')).toBe(comes);
  });

  it('does not come from a downloaded session', () => {
    const { session, events } = recordedAsArray(inUnit(1 / 1000, minute), 100);
    expect(codesOf(sessionReport(session, events))).not.toContain('ts-not-milliseconds');
  });
});

describe('playhead-frozen', () => {
  it('comes though the playhead was unknown at first: to become known is no movement', () => {
    const frozen = [at(10, 'ping', 9), at(20, 'ping', 9), at(30, 'ping', 9)];
    expect(codesOf(reportOf([at(0, 'sessionStart', null), at(0.001, 'play', null), ...frozen]))).toContain(
      'playhead-frozen',
    );
  });
});

describe('playhead-beyond-length', () => {
  it('comes from more than a second beyond, however little more', () => {
    expect(codesOf(reportOf([start, play, at(5, 'ping', 101.1)]))).toContain('playhead-beyond-length');
  });
});

describe('the diagnostics of a report', () => {
  it('are one for each code, in the order of their first occurrence', () => {
    const events = [start, at(1, 'ping', null), at(2, 'stateEnd'), at(3, 'ping', null), at(3, 'adComplete')];
    expect(codesOf(reportOf(events))).toEqual([
      'playhead-unknown',
      'state-end-without-start',
      'end-without-start',
      'equal-ts',
    ]);
  });

  it('are by what happened first, not by what arrived first', () => {
    const late = [at(20, 'ping', null), at(16, 'stateEnd')];
    expect(codesOf(reportOf([start, ...late]))).toEqual([
      'state-end-without-start',
      'out-of-order',
      'playhead-unknown',
    ]);
  });

  it('are none for a session that is tracked well', () => {
    const pings = Array.from({ length: 8 }, (_, i) => at(i * 10 + 10, 'ping', i * 10 + 6));
    const content = [at(5.2, 'play', 1), ...pings, at(85, 'sessionComplete', 81), at(85.1, 'sessionEnd', 81)];
    expect(reportOf([start, at(0.5, 'play'), ...closedPod, ...content]).diagnostics).toEqual([]);
  });

  it('tell that live content runs behind a break when no play came but in it', () => {
    const adBreak = [at(1, 'adBreakStart', 43_201), at(1.1, 'adStart', 43_201), at(1.2, 'play', 43_201)];
    const after = [at(16, 'adComplete', 43_216), at(16.1, 'adBreakComplete', 43_216), at(26, 'ping', 43_226)];
    expect(find('no-main-play', [liveStart, ...adBreak, ...after])).toMatchObject({ count: 1, eventType: 'ping' });
  });

  it('tell a state that never was on from one that was dropped', () => {
    const ends = ['s10', 'other'].map((name) => at(20, 'stateEnd', 0, { params: { 'media.state.name': name } }));
    expect(find('state-end-without-start', [start, ...states(11), ...ends])).toMatchObject({
      count: 1,
      message: expect.stringContaining('"other"'),
    });
  });

  it('leave out what is ignored behind sessionEnd but for saying so', () => {
    const ignored = at(9, 'bitrateChange', null, { qoeData: { unknown: 1 } });
    expect(codesOf(reportOf([start, play, at(5, 'sessionEnd', 5), ignored]))).toEqual(['after-session-end']);
  });

  it('show no more than 64 characters of what a client sent', () => {
    const params = { 'media.ad.id': 'x'.repeat(1000) };
    const message = find('ad-outside-break', [start, at(1, 'adStart', 0, { params })])?.message;
    expect(message).toContain('x'.repeat(64));
    expect(message).not.toContain('x'.repeat(65));
  });
});

function find(code: DiagnosticCode, events: readonly StoredEvent[], leftOut = 0): Diagnostic | undefined {
  return reportOf(events, { leftOut }).diagnostics.find((diagnostic) => diagnostic.code === code);
}

/** The wait of two seconds in a break that is closed properly, where the playhead is the second of the day. */
function waitsForAnAd(starts: Readonly<Record<string, StoredEvent>>): Record<string, readonly StoredEvent[]> {
  const events = [
    ...[at(0.1, 'play', 43_200), at(10, 'adBreakStart', 43_210), at(12, 'adStart', 43_212)],
    ...[at(22, 'adComplete', 43_222), at(22.1, 'adBreakComplete', 43_222), at(22.2, 'play', 43_222)],
  ];
  const named = Object.entries(starts).map(([name, first]) => [`the wait for a ${name} ad`, [first, ...events]]);
  return Object.fromEntries(named);
}

/** The events with a `ts` that is so many times as large, and then moved. */
function inUnit(times: number, events: readonly StoredEvent[], moved = 0): StoredEvent[] {
  return events.map(({ event, receivedAt }) => {
    const ts = Math.round(event.playerTime.ts * times + moved);
    return { event: { ...event, playerTime: { ...event.playerTime, ts } }, receivedAt };
  });
}

function states(count: number, from = 1): StoredEvent[] {
  return Array.from({ length: count }, (_, i) =>
    at(from + i * 0.1, 'stateStart', 0, { params: { 'media.state.name': `s${i}` } }),
  );
}

function qoeDataOfAllKeys(): Record<string, unknown> {
  const keys = ['bitrate', 'droppedFrames', 'framesPerSecond', 'timeToStart', 'errorID', 'errorSource'];
  return Object.fromEntries(keys.map((key) => [`media.qoe.${key}`, key.startsWith('error') ? 'text' : 1]));
}
