import { describe, expect, it } from 'vitest';
import { sessionReport } from '../../../../src/report/report.ts';
import type { StoredEvent } from '../../../../src/session/session.ts';
import { at, recordedAsArray, reportOf } from '../../../support/report/sessions.ts';

const half = 'x'.repeat(500_000);
const manyKeys = Object.fromEntries(Array.from({ length: 40_000 }, (_, index) => [`k${index}`, '']));
const adBreak = at(1, 'adBreakStart');

function times(count: number, event: (index: number) => StoredEvent): StoredEvent[] {
  return Array.from({ length: count }, (_, index) => event(index));
}

/** Bodies of about a megabyte, each with something long or plenty once and much that could repeat it. */
const BODIES: Readonly<Record<string, readonly StoredEvent[]>> = {
  'metadata with many keys, and ads with their own': [
    at(0, 'sessionStart', 0, { customMetadata: manyKeys }),
    adBreak,
    ...times(3000, (index) => at(2 + index, 'adStart', 0, { customMetadata: { a: '' } })),
  ],
  'long metadata, and ads without': [
    at(0, 'sessionStart', 0, { customMetadata: { long: half } }),
    adBreak,
    ...times(3000, (index) => at(2 + index, 'adStart')),
  ],
  'a long media.id, and chapters': [
    at(0, 'sessionStart', 0, { params: { 'media.id': half } }),
    ...times(3000, (index) => at(1 + index, 'chapterStart')),
  ],
  'a break of a long name, and ads': [
    at(0, 'sessionStart'),
    at(1, 'adBreakStart', 0, { params: { 'media.ad.podFriendlyName': half } }),
    ...times(3000, (index) => at(2 + index, 'adStart')),
  ],
  'an ad of a long name, and pauses': [
    at(0, 'sessionStart'),
    adBreak,
    at(2, 'adStart', 0, { params: { 'media.ad.name': half } }),
    ...times(5000, (index) => at(3 + index, index % 2 ? 'pauseStart' : 'play')),
  ],
  'a chapter of a long name, and pauses': [
    at(0, 'sessionStart'),
    at(2, 'chapterStart', 0, { params: { 'media.chapter.friendlyName': half } }),
    ...times(5000, (index) => at(3 + index, index % 2 ? 'pauseStart' : 'play', index)),
  ],
};

describe.each(Object.entries(BODIES))('of %s', (_, sent) => {
  const { session, events } = recordedAsArray(sent, 10);
  const size = JSON.stringify(events).length;

  it('a report takes a few times what was sent', () => {
    expect(JSON.stringify(sessionReport(session, events)).length).toBeLessThan(6 * size);
  });
});

describe('numbers beyond all reason', () => {
  it.each([1e308, -1e308, -1, 1e300])('are no bitrate: %s', (bitrate) => {
    const change = at(5, 'bitrateChange', 5, { qoeData: { 'media.qoe.bitrate': bitrate } });
    const { qoeDataDetails } = reportOf([at(0, 'sessionStart'), at(1, 'play'), change, at(9, 'ping', 9)]);
    expect(qoeDataDetails).not.toHaveProperty('bitrateAverage');
    expect(qoeDataDetails).not.toHaveProperty('bitrateAverageBucket');
  });

  it('divide by no length of next to nothing', () => {
    const start = at(0, 'sessionStart', 0, { params: { 'media.length': 1e-320 } });
    const { sessionDetails } = reportOf([start, at(1, 'play'), at(9, 'ping', 8)]);
    expect(sessionDetails.timePlayed).toBe(8);
    expect(sessionDetails).not.toHaveProperty('averageMinuteAudience');
  });
});
