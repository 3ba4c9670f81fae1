import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../../src/session/session.ts';
import { at, reportOf } from '../../../support/report/sessions.ts';

const begin = [at(0, 'sessionStart'), at(0, 'play')];

describe('a chapter', () => {
  it('is the content between its start and its end', () => {
    expect(chaptersIn([at(2, 'chapterStart', 2), at(12, 'chapterComplete', 12), at(20, 'ping', 20)])).toEqual([
      { seconds: 10, completed: true },
    ]);
  });

  it('is not completed by a skip', () => {
    expect(chaptersIn([at(2, 'chapterStart', 2), at(5, 'chapterSkip', 5)])).toEqual([{ seconds: 3, completed: false }]);
  });

  it('is completed by its event, however short of its length', () => {
    expect(chaptersIn([at(2, 'chapterStart', 2), at(3, 'chapterComplete', 3)])).toMatchObject([{ completed: true }]);
  });

  it('is closed uncompleted by the next one', () => {
    const overlap = [at(2, 'chapterStart', 2), at(5, 'chapterStart', 5), at(9, 'chapterComplete', 9)];
    expect(chaptersIn(overlap)).toEqual([
      { seconds: 3, completed: false },
      { seconds: 4, completed: true },
    ]);
  });

  it('has no time of ads, pauses and buffering', () => {
    const ad = [at(4, 'adBreakStart', 4), at(4, 'adStart', 4), at(9, 'adComplete', 4), at(9, 'adBreakComplete', 4)];
    const waits = [at(10, 'pauseStart', 5), at(12, 'bufferStart', 5), at(13, 'play', 5)];
    expect(chaptersIn([at(2, 'chapterStart', 2), ...ad, ...waits, at(14, 'chapterComplete', 6)])).toEqual([
      { seconds: 4, completed: true },
    ]);
  });

  it('may open and close in a break', () => {
    const events = [at(2, 'adBreakStart', 2), at(3, 'chapterStart', 2), at(4, 'adBreakComplete', 2), at(6, 'ping', 4)];
    expect(chaptersIn(events)).toEqual([{ seconds: 2, completed: false }]);
  });

  it('still open at the last event counts up to it', () => {
    expect(chaptersIn([at(2, 'chapterStart', 2), at(7, 'ping', 7)])).toEqual([{ seconds: 5, completed: false }]);
  });

  it('that was never started is not closed', () => {
    expect(chaptersIn([at(2, 'chapterComplete', 2)])).toEqual([]);
  });
});

describe('a chapter of the report', () => {
  it('has the fields of XDM and the metadata of the session, overlaid by its own', () => {
    const session = at(0, 'sessionStart', 0, { customMetadata: { a: 'session', b: 'session' } });
    const params = {
      'media.chapter.index': 3,
      'media.chapter.offset': 12.5,
      'media.chapter.length': 30,
      'media.chapter.friendlyName': 'Third',
    };
    const { chapters, sessionDetails } = reportOf([
      session,
      at(1, 'chapterStart', 1, { params, customMetadata: { b: 'own' } }),
    ]);
    expect(chapters[0]?.chapterDetails).toEqual({
      ID: 'film_3',
      friendlyName: 'Third',
      index: 3,
      offset: 12.5,
      length: 30,
      isStarted: true,
      timePlayed: 0,
    });
    expect({ ...chapters[0]?.customMetadata }).toEqual({ a: 'session', b: 'own' });
    expect(Object.getPrototypeOf(chapters[0]?.customMetadata)).toBeNull();
    expect(sessionDetails.chapterCount).toBe(1);
  });

  it('has no length when it is null', () => {
    const { chapters } = reportOf([...begin, at(1, 'chapterStart', 1, { params: { 'media.chapter.length': null } })]);
    expect(chapters[0]?.chapterDetails).not.toHaveProperty('length');
  });
});

function chaptersIn(events: readonly StoredEvent[]): { seconds: number; completed: boolean }[] {
  return reportOf([...begin, ...events]).chapters.map(({ chapterDetails: { timePlayed, isCompleted } }) => ({
    seconds: timePlayed,
    completed: isCompleted === true,
  }));
}
