import { describe, expect, it } from 'vitest';
import { sessionReport } from '../../../src/report/report.ts';
import type { SessionReport } from '../../../src/report/schema/report-schema.ts';
import { sessionsOf } from '../../support/report/recorded-sessions.ts';

/** What an analyst reads first; the numbers were worked out by hand from the recorded requests. */
interface Essence {
  readonly closed: string;
  /** timePlayed, totalTimePlayed, uniqueTimePlayed. */
  readonly played: readonly [number, number, number];
  readonly pauses?: readonly [count: number, seconds: number];
  readonly buffers?: readonly [count: number, seconds: number];
  readonly stalls?: readonly [count: number, seconds: number];
  readonly segment: string;
  /** The highest progress marker. */
  readonly progress?: number;
  readonly is?: readonly string[];
  readonly ads?: readonly (readonly [name: string, pod: string, seconds: number, end: 'completed' | 'not completed'])[];
  readonly chapters?: readonly (readonly [id: string, seconds: number, end: 'completed' | 'not completed'])[];
  readonly states?: readonly (readonly [name: string, count: number, seconds: number])[];
  readonly quality?: Readonly<Record<string, unknown>>;
  readonly diagnostics?: Readonly<Record<string, number>>;
}

const IDLE = 'idle after 600 s';
const ENDED = 'sessionEnd after 0 s';
const DOWNLOADED = 'downloaded after 0 s';

const RECORDINGS: Readonly<Record<string, readonly Essence[]>> = {
  'js-sdk/01-simple-vod': [
    // play 0.1 s, pause 26.1 to 38.1 s, complete 51.1 s: 26.0 + 13.0 s of content.
    { closed: IDLE, played: [39, 39, 38], pauses: [1, 12], segment: '[0-1]', is: ['isPlayed', 'isCompleted'] },
  ],
  'js-sdk/03-ads-chapters-all': [
    // Content 18 to 30 s; then the playhead stands at 12 for the events of 30, 31 and 32 s: a stall of 2 s.
    {
      closed: ENDED,
      played: [12, 34, 12],
      stalls: [1, 2],
      segment: '[0-1]',
      is: ['isPlayed'],
      ads: [
        ['ad-id-1', 'sid_1', 15, 'completed'],
        ['ad-id-2', 'sid_1', 3, 'not completed'],
        ['ad-id-3', 'sid_2', 4, 'not completed'],
      ],
      chapters: [
        ['video-id-1_1', 12, 'completed'],
        ['video-id-1_2', 0, 'not completed'],
      ],
      diagnostics: { 'equal-ts': 13 },
    },
  ],
  'js-sdk/05-buffer-seek-bitrate-error-states': [
    // Buffering 0.3 to 11.3 s, pauses of 0.5 and 2 s, content 11.8 to 13.8 s; the playhead stands from 15.8 to 35.6 s.
    {
      closed: ENDED,
      played: [2, 2, 0],
      pauses: [2, 3],
      buffers: [1, 11],
      stalls: [1, 20],
      segment: '[0-3]',
      progress: 10,
      is: ['isPlayed'],
      states: [
        ['fullscreen', 1, 3],
        ['closedCaptioning', 1, 3],
        ['mute', 1, 3],
        ['pictureInPicture', 1, 3],
        ['inFocus', 1, 3],
        ['custom.state_1', 1, 6],
        ['s0', 1, 3],
        ['s3', 1, 3],
        ['s2', 1, 3],
        ['s1', 1, 3],
      ],
      // The bitrate is only known while the playhead stands, so it has no time to be weighted by.
      quality: { bitrateChangeCount: 2, droppedFrames: 7, timeToStart: 0, errorCount: 1, playerSdkErrors: ['E-1001'] },
      diagnostics: { 'playhead-frozen': 1, 'bitrate-change-without-value': 1, 'equal-ts': 13 },
    },
  ],
  'js-sdk/07-live-midnight-playhead': [
    // 0.3 to 22.3 s, playheads 36060 to 36082: minute 601 to 601.4, and 41 % of the day.
    { closed: ENDED, played: [22, 22, 22], segment: '[601-602]', progress: 25, is: ['isPlayed'] },
  ],
  'js-sdk/08-minimal-config-no-ids': [
    // The playhead stands at 0 from 0.3 to 3.3 s, then an ad of 1.5 s.
    {
      closed: ENDED,
      played: [0, 2, 0],
      stalls: [1, 3],
      segment: '[0-1]',
      is: ['isPlayed'],
      ads: [['ad-id', 'sid_1', 2, 'not completed']],
      diagnostics: { 'no-length': 1, 'playhead-frozen': 1, 'equal-ts': 4 },
    },
  ],
  'js-sdk/12-real-visitor-appmeasurement': [
    // The playhead stands at 0 from 0.6 to 14.6 s, then an ad of 2 s.
    {
      closed: IDLE,
      played: [0, 2, 0],
      stalls: [1, 14],
      segment: '[0-1]',
      is: ['isPlayed', 'isCompleted'],
      ads: [['ad-id', 'sid_1', 2, 'not completed']],
      diagnostics: { 'playhead-frozen': 1, 'equal-ts': 4 },
    },
  ],
  'js-sdk/16-idle-30min-pause-then-resume': [
    // Content 0.3 to 4.3 s, the chapter and the state from 3.3 s on, then a pause up to the end at 1804.5 s.
    {
      closed: ENDED,
      played: [4, 4, 3],
      pauses: [1, 1800],
      segment: '[0-1]',
      is: ['isPlayed'],
      chapters: [['video-id-1_1', 1, 'not completed']],
      states: [['mute', 1, 1801]],
      quality: { bitrateAverage: 1, bitrateAverageBucket: '0-99', droppedFrames: 4, timeToStart: 0 },
      diagnostics: { 'equal-ts': 1, 'chapter-not-closed': 1 },
    },
    // All 12 s at playhead 3: a stall, also of the chapter.
    {
      closed: ENDED,
      played: [0, 0, 0],
      stalls: [1, 12],
      segment: '[0-1]',
      is: ['isPlayed'],
      chapters: [['video-id-1_1', 0, 'not completed']],
      states: [['mute', 1, 12]],
      quality: { droppedFrames: 4, timeToStart: 0 },
      diagnostics: { 'restart-without-resume': 1, 'equal-ts': 4, 'playhead-frozen': 1 },
    },
  ],
  'js-sdk/18-page-unload-navigate-away': [
    // 1.09 s at playhead 0: two samples are no stall.
    { closed: IDLE, played: [1, 1, 0], segment: '[0-1]', is: ['isPlayed'] },
  ],
  'js-sdk/21-playhead-nan-negative': [
    // 0.3 to 12.3 s; unknown playheads are no stall. The bitrate holds for the last second.
    {
      closed: ENDED,
      played: [12, 12, 0],
      segment: '[0-1]',
      is: ['isPlayed'],
      quality: {
        bitrateChangeCount: 1,
        bitrateAverage: 1_000_000_000_000,
        bitrateAverageBucket: '1000000000000-1000000000099',
        droppedFrames: 10_000_000,
        timeToStart: 1_000_000,
      },
      diagnostics: { 'playhead-unknown': 3 },
    },
  ],
  'js-sdk/22-live-infinite-length': [
    // The playhead stands at 0 from 0.3 to 3.3 s, then an ad of 1.5 s, the only time with a bitrate.
    {
      closed: ENDED,
      played: [0, 2, 0],
      stalls: [1, 3],
      segment: '[0-1]',
      is: ['isPlayed'],
      ads: [['a1', 'sid_1', 2, 'not completed']],
      chapters: [['live-inf_1', 0, 'not completed']],
      quality: { bitrateChangeCount: 1, bitrateAverage: 1, bitrateAverageBucket: '0-99', droppedFrames: 0 },
      diagnostics: { 'no-length': 1, 'playhead-frozen': 1, 'equal-ts': 7 },
    },
  ],
  'mobile/android-01-downloaded-report': [
    // Content 0.1 to 10 s and 30 to 80 s: 59.9 s; the ad between them 20 s.
    {
      closed: DOWNLOADED,
      played: [60, 80, 60],
      segment: '[0-1]',
      is: ['isPlayed', 'isCompleted', 'isDownloaded'],
      ads: [['ad_id', 'sid_1', 20, 'completed']],
      quality: { bitrateAverage: 100_000, bitrateAverageBucket: '100000-100099', droppedFrames: 2, timeToStart: 0 },
      diagnostics: { 'equal-ts': 2 },
    },
  ],
  'mobile/android-02-downloaded-report-forced-sessionEnd': [
    // 0.1 to 65 s of content over playheads 0 to 45.
    {
      closed: DOWNLOADED,
      played: [65, 65, 45],
      segment: '[0-1]',
      is: ['isPlayed', 'isDownloaded'],
      quality: { bitrateAverage: 100_000, bitrateAverageBucket: '100000-100099', droppedFrames: 2, timeToStart: 0 },
      diagnostics: { 'equal-ts': 1 },
    },
  ],
  'mobile/ios-01-simple-playback-realtime': [
    // 0 to 5 s and 20 to 35 s; playhead 20 of 30.
    {
      closed: IDLE,
      played: [20, 20, 20],
      pauses: [1, 15],
      segment: '[0-1]',
      progress: 50,
      is: ['isPlayed', 'isCompleted'],
      diagnostics: { 'equal-ts': 1 },
    },
  ],
  'mobile/ios-02-buffer-realtime': [
    // Buffering 0 to 5 s, before the first play, and 10 to 25 s.
    {
      closed: IDLE,
      played: [20, 20, 20],
      buffers: [2, 20],
      segment: '[0-1]',
      progress: 50,
      is: ['isPlayed', 'isCompleted'],
      diagnostics: { 'equal-ts': 1 },
    },
  ],
  'mobile/ios-03-seek-realtime': [
    // A seek is a pause: 0 to 5 s and 10 to 25 s.
    {
      closed: IDLE,
      played: [20, 20, 20],
      pauses: [2, 20],
      segment: '[0-1]',
      progress: 50,
      is: ['isPlayed', 'isCompleted'],
      diagnostics: { 'equal-ts': 1 },
    },
  ],
  'mobile/ios-04-multiple-adbreaks-realtime': [
    // Ads 0 to 30 s and 45 to 75 s, the content between them.
    {
      closed: IDLE,
      played: [15, 75, 15],
      segment: '[0-1]',
      progress: 50,
      is: ['isPlayed', 'isCompleted'],
      ads: [
        ['adID', 'sid_1', 15, 'completed'],
        ['adID2', 'sid_1', 15, 'completed'],
        ['adID', 'sid_2', 15, 'completed'],
        ['adID2', 'sid_2', 15, 'completed'],
      ],
      diagnostics: { 'equal-ts': 14 },
    },
  ],
  'mobile/ios-06-custom-states-realtime': [
    // fullscreen is never ended: on up to the last event, from 10 to 15 s.
    {
      closed: IDLE,
      played: [15, 15, 15],
      segment: '[0-1]',
      progress: 50,
      is: ['isPlayed', 'isCompleted'],
      states: [
        ['customStateName', 1, 5],
        ['mute', 1, 5],
        ['fullscreen', 1, 5],
      ],
      diagnostics: { 'equal-ts': 4 },
    },
  ],
  'mobile/ios-07-error-realtime': [
    // An error does not stop content: 20 s.
    {
      closed: IDLE,
      played: [20, 20, 20],
      segment: '[0-1]',
      progress: 50,
      is: ['isPlayed', 'isCompleted'],
      quality: { errorCount: 2, playerSdkErrors: ['1000.2000.3000', 'custom.error.code'] },
      diagnostics: { 'equal-ts': 2 },
    },
  ],
  'mobile/ios-09-idle-30min-restart-realtime-sparse': [
    // 3 s of content, then 1800 s of pause with gaps of 600, 600 and 590 s.
    {
      closed: ENDED,
      played: [3, 3, 3],
      pauses: [1, 1800],
      segment: '[0-1]',
      progress: 10,
      is: ['isPlayed'],
      states: [['closedCaptioning', 1, 600]],
      diagnostics: { 'equal-ts': 1, 'missing-pings': 3 },
    },
    // Resumed at 3 and never moved: events at 0, 1 and 3 s make a stall.
    {
      closed: IDLE,
      played: [0, 0, 0],
      stalls: [1, 3],
      segment: '[0-1]',
      progress: 10,
      is: ['isPlayed', 'isCompleted', 'hasResume'],
      diagnostics: { 'playhead-frozen': 1, 'equal-ts': 1 },
    },
  ],
  'mobile/ios-10-downloaded-simple-50s-ping': [
    // 0 to 5 s and 60 to 115 s of content, though the length says 30.
    {
      closed: DOWNLOADED,
      played: [60, 60, 60],
      pauses: [1, 55],
      segment: '[0-1]',
      progress: 95,
      is: ['isPlayed', 'isCompleted', 'isDownloaded'],
      diagnostics: { 'equal-ts': 1, 'playhead-beyond-length': 2 },
    },
  ],
  'mobile/ios-12-downloaded-states': [
    {
      closed: DOWNLOADED,
      played: [60, 60, 60],
      segment: '[0-1]',
      progress: 95,
      is: ['isPlayed', 'isCompleted', 'isDownloaded'],
      states: [
        ['customStateName', 1, 5],
        ['mute', 1, 50],
        ['fullscreen', 1, 50],
      ],
      diagnostics: { 'equal-ts': 4, 'playhead-beyond-length': 3 },
    },
  ],
};

describe('the report of a recording', () => {
  it.each(Object.entries(RECORDINGS))('%s has the numbers worked out by hand', (name, essences) => {
    const reports = sessionsOf(name).map(({ session, events }) => sessionReport(session, events));
    expect(reports.map(essenceOf)).toEqual(essences.map((essence) => ({ ...NOTHING, ...essence })));
  });

  it('overlays the custom metadata of an ad over that of its session', () => {
    const [report] = reportsOf('mobile/ios-04-multiple-adbreaks-realtime');
    expect({ ...report?.ads[1]?.customMetadata }).toEqual({
      'media.show': 'sampleshow',
      key1: 'value1',
      key2: 'value2',
      key3: 'мểŧẳđαţả',
      'media.ad.advertiser': 'sampleAdvertiser2',
    });
  });

  it('names what a session, an ad and a chapter were by the fields of XDM', () => {
    const [report] = reportsOf('js-sdk/03-ads-chapters-all');
    expect(report?.sessionDetails).toMatchObject({
      ID: 'sid',
      name: 'video-id-1',
      friendlyName: 'Video Name',
      length: 600.5,
      contentType: 'vod',
      streamType: 'video',
      playerName: 'cap-player',
      channel: 'cap-channel',
      appVersion: 'cap-app 1.2.3',
    });
    expect(report?.ads[0]?.advertisingDetails).toMatchObject({
      friendlyName: 'ad-1',
      length: 15,
      podPosition: 1,
      playerName: 'cap-player',
      advertiser: 'v-Advertiser',
      campaignID: 'v-CampaignId',
      creativeID: 'v-CreativeId',
      creativeURL: 'v-CreativeUrl',
      siteID: 'v-SiteId',
      placementID: 'v-PlacementId',
    });
    expect(report?.ads[2]?.advertisingPodDetails).toEqual({
      ID: 'sid_2',
      index: 2,
      offset: 13.4,
      friendlyName: 'midroll',
    });
    expect(report?.chapters[0]?.chapterDetails).toMatchObject({
      friendlyName: 'Chapter 1',
      index: 1,
      offset: 0,
      length: 30.5,
    });
  });

  it('has no length where the SDK sent null for infinity', () => {
    const [report] = reportsOf('js-sdk/22-live-infinite-length');
    expect(report?.sessionDetails).not.toHaveProperty('length');
    expect(report?.sessionDetails).not.toHaveProperty('averageMinuteAudience');
    expect(report?.ads[0]?.advertisingDetails).not.toHaveProperty('length');
    expect(report?.chapters[0]?.chapterDetails).not.toHaveProperty('length');
    expect(report?.qoeDataDetails).not.toHaveProperty('timeToStart');
  });
});

function reportsOf(name: string): SessionReport[] {
  return sessionsOf(name).map(({ session, events }) => sessionReport(session, events));
}

const NOTHING = {
  pauses: [0, 0],
  buffers: [0, 0],
  stalls: [0, 0],
  progress: 0,
  is: [],
  ads: [],
  chapters: [],
  states: [],
  quality: {},
  diagnostics: {},
};

function essenceOf({ closeReason, sessionDetails, qoeDataDetails, ...report }: SessionReport): Essence {
  const { timePlayed, totalTimePlayed, uniqueTimePlayed, pauseCount, pauseTime } = sessionDetails;
  const { bufferCount, bufferTime, stallCount, stallTime } = qoeDataDetails;
  const ended = (completed: true | undefined) => (completed ? 'completed' : 'not completed');
  return {
    closed: `${closeReason} after ${sessionDetails.secondsSinceLastCall} s`,
    played: [timePlayed, totalTimePlayed, uniqueTimePlayed],
    pauses: [pauseCount, pauseTime],
    buffers: [bufferCount, bufferTime],
    stalls: [stallCount, stallTime],
    segment: sessionDetails.segment ?? 'none',
    progress: [95, 75, 50, 25, 10].find((marker) => `hasProgress${marker}` in sessionDetails) ?? 0,
    is: ['isPlayed', 'isCompleted', 'isDownloaded', 'hasResume'].filter((flag) => flag in sessionDetails),
    ads: report.ads.map(({ advertisingDetails: ad, advertisingPodDetails: pod }) => [
      ad.name,
      pod.ID,
      ad.timePlayed,
      ended(ad.isCompleted),
    ]),
    chapters: report.chapters.map(({ chapterDetails: chapter }) => [
      chapter.ID,
      chapter.timePlayed,
      ended(chapter.isCompleted),
    ]),
    states: report.states.map(({ name, count, time }) => [name, count, time]),
    quality: qualityOf(qoeDataDetails),
    diagnostics: Object.fromEntries(report.diagnostics.map(({ code, count }) => [code, count])),
  };
}

/** What there is beside pauses, buffering and stalls, without flags, zeros and empty lists. */
function qualityOf(details: SessionReport['qoeDataDetails']): Record<string, unknown> {
  const measured = ['bitrateAverage', 'bitrateAverageBucket', 'droppedFrames', 'timeToStart'];
  const counted = ['bitrateChangeCount', 'errorCount', 'playerSdkErrors', 'externalErrors'];
  const isThere = ([key, value]: [string, unknown]) =>
    measured.includes(key) || (counted.includes(key) && value !== 0 && !(Array.isArray(value) && value.length === 0));
  return Object.fromEntries(Object.entries(details).filter(isThere));
}
