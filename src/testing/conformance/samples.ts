import type { EventType, MediaEvent, StandardEventOf } from '../../index.ts';

export const ts = 1_509_045_324_153;
const playerTime = { playhead: 0, ts };

export const start: StandardEventOf<'sessionStart'> = {
  eventType: 'sessionStart',
  playerTime,
  params: { 'media.id': 'id-1', 'media.contentType': 'vod', 'media.length': 60.5 },
};

/** The sample body of the API's documentation, with the members it leaves to the reader. */
export const documentedStart = {
  playerTime,
  eventType: 'sessionStart',
  params: {
    'media.playerName': 'sample-html5-api-player',
    'analytics.trackingServer': 'tracking.example.com',
    'analytics.reportSuite': 'rsid',
    'analytics.visitorId': 'user-1',
    'media.contentType': 'VOD',
    'media.length': 60.39333333333333,
    'media.id': 'MA API Sample Player',
    'visitor.marketingCloudOrgId': 'org',
    'media.name': 'ClickMe',
    'media.channel': 'sample-channel',
    'media.sdkVersion': 'va-api-0.0.0',
    'analytics.enableSSL': false,
  },
  customMetadata: { myCustomData: 'a', myCustomData2: 'b' },
  qoeData: { param1: 'c', param2: 'd' },
};

/** An event of each type that may follow a start. */
export const events: { readonly [Type in Exclude<EventType, 'sessionStart'>]: StandardEventOf<Type> } = {
  play: { eventType: 'play', playerTime },
  ping: { eventType: 'ping', playerTime, params: {} },
  pauseStart: { eventType: 'pauseStart', playerTime },
  bufferStart: { eventType: 'bufferStart', playerTime },
  bitrateChange: { eventType: 'bitrateChange', playerTime, qoeData: { 'media.qoe.bitrate': 3000 } },
  error: { eventType: 'error', playerTime, qoeData: { 'media.qoe.errorID': 'e1', 'media.qoe.errorSource': 'player' } },
  adBreakStart: { eventType: 'adBreakStart', playerTime, params: { 'media.ad.podIndex': -1, 'media.ad.podSecond': 0 } },
  adBreakComplete: { eventType: 'adBreakComplete', playerTime },
  adStart: {
    eventType: 'adStart',
    playerTime,
    params: { 'media.ad.id': 'ad-1', 'media.ad.podPosition': 1, 'media.ad.length': null },
  },
  adComplete: { eventType: 'adComplete', playerTime },
  adSkip: { eventType: 'adSkip', playerTime },
  chapterStart: {
    eventType: 'chapterStart',
    playerTime,
    params: { 'media.chapter.index': 1, 'media.chapter.offset': 0.5, 'media.chapter.length': 10 },
  },
  chapterComplete: { eventType: 'chapterComplete', playerTime },
  chapterSkip: { eventType: 'chapterSkip', playerTime },
  stateStart: { eventType: 'stateStart', playerTime, params: { 'media.state.name': 'fullScreen' } },
  stateEnd: { eventType: 'stateEnd', playerTime, params: { 'media.state.name': 'fullScreen' } },
  sessionComplete: { eventType: 'sessionComplete', playerTime },
  sessionEnd: { eventType: 'sessionEnd', playerTime },
};

/** The sessionStart with other members. */
export function startWith(members: Record<string, unknown>): unknown {
  return { ...start, ...members };
}

/** A whole session in one array. */
export const downloadedSession: readonly MediaEvent[] = [start, events.play, events.ping, events.sessionEnd];
