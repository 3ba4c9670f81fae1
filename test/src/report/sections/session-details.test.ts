import { describe, expect, it } from 'vitest';
import { sessionReport } from '../../../../src/report/report.ts';
import type { SessionDetails } from '../../../../src/report/schema/session-details-schema.ts';
import type { StoredEvent } from '../../../../src/session/session.ts';
import { at, recordedAsArray, reportOf } from '../../../support/report/sessions.ts';

const play = at(0, 'play');

describe('sessionDetails', () => {
  it('name the content by the fields of XDM', () => {
    const standard =
      'show season episode genre firstAirDate firstDigitalDate rating originator network showType adLoad dayPart feed streamFormat ' +
      'artist album label author station publisher playerName channel streamType';
    const names = standard.split(' ');
    const params = Object.fromEntries(names.map((name) => [`media.${name}`, `the ${name}`]));
    const details = detailsOf([], {
      ...params,
      'media.name': 'Film',
      'media.sdkVersion': 'app 1',
      'media.assetId': 'asset',
      'media.pass.mvpd': 'mvpd',
      'media.pass.auth': 'true',
    });
    expect(details).toMatchObject(Object.fromEntries(names.map((name) => [name, `the ${name}`])));
    expect(details).toMatchObject({
      ID: 'sid',
      name: 'film',
      friendlyName: 'Film',
      length: 100,
      contentType: 'vod',
      appVersion: 'app 1',
      assetID: 'asset',
      mvpd: 'mvpd',
      authorized: 'true',
    });
  });

  it('have no field for what was not sent, and video for the type of stream', () => {
    expect(detailsOf([])).toEqual({
      ID: 'sid',
      name: 'film',
      length: 100,
      contentType: 'vod',
      streamType: 'video',
      isViewed: true,
      timePlayed: 0,
      totalTimePlayed: 0,
      uniqueTimePlayed: 0,
      pauseTime: 0,
      pauseCount: 0,
      adCount: 0,
      chapterCount: 0,
      estimatedStreams: 1,
      secondsSinceLastCall: 600,
      averageMinuteAudience: 0,
    });
  });

  it('list the genres one by one', () => {
    expect(detailsOf([], { 'media.genre': 'Drama, Comedy ,Film noir' })).toMatchObject({
      genre: 'Drama, Comedy ,Film noir',
      genreList: ['Drama', 'Comedy', 'Film noir'],
    });
  });

  it('keep to themselves what identifies the visitor', () => {
    const details = detailsOf([], {
      'analytics.visitorId': 'v',
      'visitor.marketingCloudUserId': 'u',
      appInstallationId: 'i',
    });
    expect(JSON.stringify(details)).not.toMatch(/visitor|marketing|Installation/i);
  });
});

describe('the flags of a session', () => {
  it.each<[keyof SessionDetails, StoredEvent[], Record<string, unknown>]>([
    ['isPlayed', [play], {}],
    ['hasSegmentView', [play], {}],
    ['isCompleted', [play, at(5, 'sessionComplete', 5)], {}],
    ['hasResume', [], { 'media.resume': true }],
    ['isDownloaded', [], { 'media.downloaded': true }],
    ['hasPauseImpactedStreams', [at(1, 'pauseStart')], {}],
  ])('%s is true, or absent', (flag, events, params) => {
    expect(detailsOf(events, params)).toHaveProperty(flag, true);
    const without = { 'media.resume': false, 'media.downloaded': false };
    expect(detailsOf([at(5, 'ping', 99)], without)).not.toHaveProperty(flag);
  });

  it('have isViewed always, also for a resumed session and one that only had an error', () => {
    expect(detailsOf([], { 'media.resume': true })).toHaveProperty('isViewed', true);
    expect(detailsOf([at(1, 'error')])).toHaveProperty('isViewed', true);
  });

  it('have isDownloaded for an array that does not say so', () => {
    const { session, events } = recordedAsArray([at(0, 'sessionStart'), play], 10);
    expect(sessionReport(session, events).sessionDetails).toHaveProperty('isDownloaded', true);
  });

  it('have no isCompleted from a playhead at the end', () => {
    expect(detailsOf([play, at(100, 'ping', 100), at(101, 'sessionEnd', 100)])).not.toHaveProperty('isCompleted');
  });
});

describe('the progress markers', () => {
  const markersOf = (events: StoredEvent[], length: number | null = 100) =>
    Object.keys(detailsOf(events, { 'media.length': length })).filter((key) => key.startsWith('hasProgress'));

  it('are reached at their playhead and not before', () => {
    expect(markersOf([play, at(9.9, 'ping', 9.9)])).toEqual([]);
    expect(markersOf([play, at(10, 'ping', 10)])).toEqual(['hasProgress10']);
  });

  it('are all set by a jump over them', () => {
    const all = ['hasProgress10', 'hasProgress25', 'hasProgress50', 'hasProgress75', 'hasProgress95'];
    expect(markersOf([play, at(1, 'pauseStart', 1), at(2, 'play', 95)])).toEqual(all);
  });

  it('count from the main play on, that event included', () => {
    expect(markersOf([at(0, 'ping', 50), at(0, 'adBreakStart', 50), at(1, 'play', 50)])).toEqual([]);
    expect(markersOf([at(0, 'ping', 50), at(1, 'play', 25)])).toEqual(['hasProgress10', 'hasProgress25']);
  });

  it('are not set by completion, only by a playhead', () => {
    expect(markersOf([play, at(9, 'sessionComplete', 9)])).toEqual([]);
    expect(markersOf([play, at(9, 'sessionComplete', null)])).toEqual([]);
  });

  it('are set by the playhead of a sessionComplete as by that of any event', () => {
    expect(markersOf([play, at(26, 'sessionComplete', 26)])).toEqual(['hasProgress10', 'hasProgress25']);
  });

  it('are none without a length', () => {
    expect(markersOf([play, at(9, 'ping', 90)], null)).toEqual([]);
    expect(markersOf([play, at(9, 'ping', 90)], 0)).toEqual([]);
  });
});

describe('the segment', () => {
  it.each([
    [[0], '[0-1]'],
    [[0, 60], '[0-1]'],
    [[0, 60.5], '[0-2]'],
    [[61, 125, 70], '[1-3]'],
    [[120], '[2-3]'],
  ])('of the playheads %j is %s', (playheads, segment) => {
    const [first = 0, ...rest] = playheads;
    expect(detailsOf([at(0, 'play', first), ...rest.map((playhead, i) => at(i + 1, 'ping', playhead))])).toHaveProperty(
      'segment',
      segment,
    );
  });

  it('does not see what was before the main play', () => {
    expect(detailsOf([at(0, 'ping', 0), at(1, 'play', 61)])).toHaveProperty('segment', '[1-2]');
  });

  it('is absent when the content never played or no playhead is known', () => {
    expect(detailsOf([at(0, 'ping', 5)])).not.toHaveProperty('segment');
    expect(detailsOf([at(0, 'play', null), at(5, 'ping', -1)])).not.toHaveProperty('segment');
  });
});

describe('what is derived from the time played', () => {
  it('has one stream more for every half hour', () => {
    const watching = (seconds: number) => {
      const minutes = Array.from({ length: Math.floor(seconds / 60) }, (_, i) => at(i * 60 + 60, 'ping', i * 60 + 60));
      return detailsOf([play, ...minutes, at(seconds, 'ping', seconds)]).estimatedStreams;
    };
    expect([watching(1799), watching(1800), watching(3600)]).toEqual([1, 2, 3]);
  });

  it('counts the ads too in the half hours of its streams', () => {
    const pings = Array.from({ length: 29 }, (_, i) => at(i * 60 + 60, 'ping', i * 60 + 60));
    const adBreak = [at(1740, 'adBreakStart', 1740), at(1740, 'adStart', 1740), at(1800, 'adComplete', 1740)];
    expect(detailsOf([play, ...pings, ...adBreak])).toMatchObject({ timePlayed: 1740, estimatedStreams: 2 });
  });

  it('has the average minute audience, not rounded, from the rounded time', () => {
    expect(detailsOf([play, at(29.6, 'ping', 29)], { 'media.length': 90 }).averageMinuteAudience).toBe(30 / 90);
  });

  it('has no average minute audience without a length', () => {
    expect(detailsOf([play], { 'media.length': null })).not.toHaveProperty('averageMinuteAudience');
    expect(detailsOf([play], { 'media.length': 0 })).not.toHaveProperty('averageMinuteAudience');
  });
});

function detailsOf(events: readonly StoredEvent[], params: Record<string, unknown> = {}): SessionDetails {
  return reportOf([at(0, 'sessionStart', 0, { params }), ...events]).sessionDetails;
}
