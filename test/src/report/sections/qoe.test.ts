import { describe, expect, it } from 'vitest';
import type { QoeDataDetails } from '../../../../src/report/schema/qoe-schema.ts';
import type { StoredEvent } from '../../../../src/session/session.ts';
import { at, type Extra, reportOf } from '../../../support/report/sessions.ts';

describe('a session without any quality data', () => {
  it('has counts and times of 0, empty lists, and neither flags nor measured values', () => {
    expect(qoeIn([at(0, 'play'), at(5, 'ping', 5)])).toEqual({
      bufferCount: 0,
      bufferTime: 0,
      stallCount: 0,
      stallTime: 0,
      bitrateChangeCount: 0,
      errorCount: 0,
      playerSdkErrors: [],
      externalErrors: [],
    });
  });
});

describe('bitrateAverage', () => {
  it('is weighted by the time of content and ads, from the event on that says it', () => {
    const events = [
      at(0, 'play'),
      at(10, 'ping', 10, bitrate(1000)),
      at(20, 'bitrateChange', 20, bitrate(4000)),
      at(25, 'ping', 25),
    ];
    expect(qoeIn(events)).toMatchObject({ bitrateAverage: 2000, bitrateAverageBucket: '2000-2099' });
  });

  it('counts ads and neither pauses nor buffering', () => {
    const ad = [at(10, 'adBreakStart', 10), at(10, 'adStart', 10, bitrate(300)), at(20, 'adComplete', 10)];
    const waits = [at(20, 'adBreakComplete', 10), at(20, 'pauseStart', 10, bitrate(9000)), at(30, 'bufferStart', 10)];
    expect(qoeIn([at(0, 'play', 0, bitrate(100)), ...ad, ...waits, at(40, 'ping', 10)])).toMatchObject({
      bitrateAverage: 200,
    });
  });

  it('is rounded half up, as is its bucket by whole hundreds', () => {
    const events = [at(0, 'play', 0, bitrate(99)), at(1, 'ping', 1, bitrate(100)), at(2, 'ping', 2)];
    expect(qoeIn(events)).toMatchObject({ bitrateAverage: 100, bitrateAverageBucket: '100-199' });
    expect(qoeIn([at(0, 'play', 0, bitrate(99)), at(1, 'ping', 1)])).toMatchObject({ bitrateAverageBucket: '0-99' });
  });

  it('counts the qoeData of the sessionStart', () => {
    expect(
      reportOf([at(0, 'sessionStart', 0, bitrate(7)), at(0, 'play'), at(1, 'ping', 1)]).qoeDataDetails,
    ).toMatchObject({
      bitrateAverage: 7,
    });
  });

  it('passes over what is no number, and what says nothing of it', () => {
    const events = [at(0, 'play', 0, bitrate(100)), at(1, 'ping', 1, bitrate(null)), at(2, 'ping', 2, dropped(1))];
    expect(qoeIn([...events, at(9, 'ping', 9, bitrate(200)), at(10, 'ping', 10)])).toMatchObject({
      bitrateAverage: 110,
    });
  });

  it('is absent when the bitrate is known at no time', () => {
    expect(qoeIn([at(0, 'play'), at(5, 'ping', 5, bitrate(7))])).not.toHaveProperty('bitrateAverage');
    expect(qoeIn([at(0, 'play'), at(5, 'ping', 5, bitrate(7))])).not.toHaveProperty('bitrateAverageBucket');
  });
});

describe('bitrateChangeCount', () => {
  it('counts each bitrateChange, also without a value or with the same', () => {
    const events = [
      at(1, 'bitrateChange'),
      at(2, 'bitrateChange', 0, bitrate(5)),
      at(3, 'bitrateChange', 0, bitrate(5)),
    ];
    expect(qoeIn(events)).toMatchObject({ bitrateChangeCount: 3, hasBitrateChangeImpactedStreams: true });
  });
});

describe('droppedFrames', () => {
  it('is the last value sent, also when it falls to 0', () => {
    expect(
      qoeIn([at(1, 'ping', 0, dropped(9)), at(2, 'ping', 0, dropped(4)), at(3, 'ping', 0, dropped(null))]),
    ).toMatchObject({
      droppedFrames: 4,
      hasDroppedFrameImpactedStreams: true,
    });
    const fallen = qoeIn([at(1, 'ping', 0, dropped(9)), at(2, 'ping', 0, dropped(0))]);
    expect(fallen).toHaveProperty('droppedFrames', 0);
    expect(fallen).not.toHaveProperty('hasDroppedFrameImpactedStreams');
  });
});

describe('timeToStart', () => {
  it('is the last value up to the main play, in seconds', () => {
    const events = [at(1, 'ping', 0, toStart(9000)), at(2, 'play', 0, toStart(2600)), at(3, 'ping', 1, toStart(8000))];
    expect(qoeIn(events)).toMatchObject({ timeToStart: 3 });
  });

  it('is the first value after the main play when there was none', () => {
    expect(qoeIn([at(2, 'play'), at(3, 'ping', 1, toStart(8000)), at(4, 'ping', 2, toStart(1000))])).toMatchObject({
      timeToStart: 8,
    });
  });

  it('is the last value when there was no main play', () => {
    expect(qoeIn([at(3, 'ping', 0, toStart(8000)), at(4, 'ping', 0, toStart(1000))])).toMatchObject({ timeToStart: 1 });
  });
});

describe('errors', () => {
  it('are counted each, and their ids listed once, by source', () => {
    const events = [error('e1', 'player'), error('e2', 'EXTERNAL'), error('e1', 'player'), error('e3')];
    expect(qoeIn(events)).toMatchObject({
      errorCount: 4,
      playerSdkErrors: ['e1', 'e3'],
      externalErrors: ['e2'],
      hasErrorImpactedStreams: true,
    });
  });

  it('may have their id and source in params', () => {
    const params = { 'media.errorId': 'e1', 'media.errorSource': 'External' };
    expect(qoeIn([at(1, 'error', 0, { params })])).toMatchObject({ externalErrors: ['e1'] });
  });

  it('are read from qoeData first', () => {
    const params = { 'media.errorId': 'no', 'media.errorSource': 'external' };
    const qoeData = { 'media.qoe.errorID': 'yes', 'media.qoe.errorSource': 'player' };
    expect(qoeIn([at(1, 'error', 0, { params, qoeData })])).toMatchObject({
      playerSdkErrors: ['yes'],
      externalErrors: [],
    });
  });

  it('without an id are only counted', () => {
    expect(qoeIn([at(1, 'error')])).toMatchObject({ errorCount: 1, playerSdkErrors: [], externalErrors: [] });
  });
});

describe('isDroppedBeforeStart', () => {
  const preroll = [at(0, 'adBreakStart'), at(0, 'adStart'), at(9, 'adComplete'), at(9, 'adBreakComplete')];

  it('holds for a closed session that never played, whatever ads ran', () => {
    expect(qoeIn(preroll)).toHaveProperty('isDroppedBeforeStart', true);
  });

  it('is absent while the session is open and when it played', () => {
    expect(reportOf([at(0, 'sessionStart'), ...preroll], { asOf: 0 }).qoeDataDetails).not.toHaveProperty(
      'isDroppedBeforeStart',
    );
    expect(qoeIn([...preroll, at(10, 'play')])).not.toHaveProperty('isDroppedBeforeStart');
  });
});

function qoeIn(events: readonly StoredEvent[]): QoeDataDetails {
  return reportOf([at(0, 'sessionStart'), ...events]).qoeDataDetails;
}

function bitrate(value: number | null): Extra {
  return { qoeData: { 'media.qoe.bitrate': value } };
}

function dropped(value: number | null): Extra {
  return { qoeData: { 'media.qoe.droppedFrames': value } };
}

function toStart(value: number): Extra {
  return { qoeData: { 'media.qoe.timeToStart': value } };
}

function error(id: string, source?: string): StoredEvent {
  return at(1, 'error', 0, {
    qoeData: { 'media.qoe.errorID': id, ...(source !== undefined && { 'media.qoe.errorSource': source }) },
  });
}
