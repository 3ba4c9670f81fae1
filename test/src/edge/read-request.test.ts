import { describe, expect, it } from 'vitest';
import { EDGE_EVENT_TYPES, type EdgeEventType } from '../../../src/edge/event-types.ts';
import { type Arrival, createEdgeReader, type EdgeFaults, type EdgeRequest } from '../../../src/edge/read-request.ts';
import { edgeEvent } from '../../../src/testing/conformance/edge-samples.ts';
import type { MediaEvent } from '../../../src/wire/events.ts';
import type { CloseMode } from '../../../src/wire/field.ts';
import { EDGE_RECORDINGS, expectedStatus } from '../../support/edge-recordings.ts';

const readers = { standard: createEdgeReader('standard'), strict: createEdgeReader('strict') };
const receivedAt = Date.parse('2026-01-15T10:05:00.000Z');
const at = Date.parse('2026-01-15T10:01:00.000Z');

/** Reads a request of the path of its first event's type, or of no type. */
function read(body: unknown, mode: CloseMode = 'standard', arrival: Partial<Arrival> = {}) {
  const type = Object(body).events?.[0]?.xdm?.eventType;
  return readers[mode](body, { pathType: String(type).replace('media.', ''), receivedAt, ...arrival });
}

const readEvent = (event: unknown, mode?: CloseMode) => read({ events: [event] }, mode);

/** The reasons by path. */
function reasons(outcome: EdgeRequest | EdgeFaults): Record<string, string> {
  const errors = 'reasons' in outcome ? outcome.reasons.errors : [];
  return Object.fromEntries(errors.map(({ path, reason }) => [path, reason]));
}

/** All events of a request that is right. */
function eventsOf(outcome: EdgeRequest | EdgeFaults): MediaEvent[] {
  if ('reasons' in outcome) throw new Error(JSON.stringify(outcome.reasons));
  return [
    ...outcome.starts.map(({ event }) => event),
    ...outcome.downloaded.flatMap(({ events }) => events),
    ...[...outcome.added.values()].flat(),
  ];
}

const COLLECTION = '$.events[0].xdm.mediaCollection';
const later = EDGE_EVENT_TYPES.filter((type) => type !== 'sessionStart');
const sidFor = (type: EdgeEventType) => (type === 'sessionStart' ? undefined : 'sid-1');

describe('standard', () => {
  it('takes an event of each type, as strict does', () => {
    for (const type of EDGE_EVENT_TYPES) {
      for (const mode of ['standard', 'strict'] as const) {
        expect(reasons(readEvent(edgeEvent(type, sidFor(type)), mode)), type).toEqual({});
      }
    }
  });

  it.each(EDGE_RECORDINGS)('takes what it should of $name', ({ requests }) => {
    for (const request of requests) {
      const pathType = /\/va\/v1\/(\w+)/.exec(request.path)?.[1];
      const outcome = readers.standard(request.body, { pathType, receivedAt });
      expect('reasons' in outcome, JSON.stringify(reasons(outcome))).toBe(expectedStatus(request) === 400);
    }
  });

  it('names the fields of XDM that are missing', () => {
    const start = { xdm: { eventType: 'media.sessionStart', mediaCollection: { sessionDetails: {} } } };
    expect(reasons(readEvent(start))).toEqual({
      [`${COLLECTION}.sessionDetails.name`]: 'Missing required field',
      [`${COLLECTION}.sessionDetails.contentType`]: 'Missing required field',
    });
    expect(reasons(readEvent(edgeEvent('chapterStart', undefined, { chapterDetails: {} })))).toEqual({
      [`${COLLECTION}.sessionID`]: 'Missing required field',
      [`${COLLECTION}.chapterDetails.index`]: 'Missing required field',
      [`${COLLECTION}.chapterDetails.offset`]: 'Missing required field',
    });
    expect(reasons(readEvent(edgeEvent('error', 'sid-1', { errorDetails: {} })))).toEqual({
      [`${COLLECTION}.errorDetails.name`]: 'Missing required field',
    });
  });

  it('checks what is in lists, and in what may be null', () => {
    const metadata = [{ name: 'a', value: 'b' }, { name: 1 }, 'c'];
    expect(reasons(readEvent(edgeEvent('play', 'sid-1', { customMetadata: metadata })))).toEqual({
      [`${COLLECTION}.customMetadata[1].name`]: 'Expected string, got number',
      [`${COLLECTION}.customMetadata[1].value`]: 'Missing required field',
      [`${COLLECTION}.customMetadata[2]`]: 'Expected object, got string',
    });
    expect(reasons(readEvent(edgeEvent('ping', 'sid-1', { qoeDataDetails: { framesPerSecond: 'x' } })))).toEqual({
      [`${COLLECTION}.qoeDataDetails.framesPerSecond`]: 'Expected number or null, got string',
    });
    expect(reasons(readEvent(edgeEvent('ping', 'sid-1', { qoeDataDetails: null })))).toEqual({});
    expect(reasons(readEvent(edgeEvent('ping', 'sid-1', { qoeDataDetails: 7 })))).toEqual({
      [`${COLLECTION}.qoeDataDetails`]: 'Expected object or null, got number',
    });
  });

  it('wants a state in an update of states, and not more than a hundred at a time', () => {
    const empty = edgeEvent('statesUpdate', 'sid-1', { statesStart: [], statesEnd: [] });
    expect(reasons(readEvent(empty))).toEqual({
      [COLLECTION]: 'Empty statesUpdate event. At least one of statesStart or statesEnd list should be non-empty',
    });
    const many = Array.from({ length: 101 }, (_, index) => ({ name: `state-${index}` }));
    expect(reasons(readEvent(edgeEvent('statesUpdate', 'sid-1', { statesStart: many })))).toEqual({
      [`${COLLECTION}.statesStart`]: 'Expected array of at most 100, got array of 101',
    });
  });

  it('wants a time that there is', () => {
    for (const timestamp of ['yesterday', '2026-01-15', '2026-13-15T10:01:00.000Z', '1969-12-31T23:59:59Z', 1.5]) {
      const event = edgeEvent('play', 'sid-1');
      const wrong = { xdm: { ...event.xdm, timestamp } };
      expect(reasons(readEvent(wrong))['$.events[0].xdm.timestamp'], String(timestamp)).toMatch(
        /^Expected date and time such as 2026-01-15T10:01:00.000Z, from 1970 on/,
      );
    }
  });

  it('says what types there are where one is none', () => {
    const outcome = read({ events: [{ xdm: { eventType: 'media.pause' } }] });
    expect(reasons(outcome)['$.events[0].xdm.eventType']).toMatch(
      /^Got "media.pause", expected one of media.sessionStart, media.play, .*media.downloaded$/,
    );
    expect(reasons(read({ events: [{ xdm: { eventType: 7 } }] }))).toEqual({
      '$.events[0].xdm.eventType': 'Expected string, got number',
    });
    expect(reasons(read({ events: [{ xdm: {} }] }, 'standard', { pathType: 'play' }))).toEqual({
      '$.events[0].xdm.eventType': 'Missing required field',
      '$.events[0].xdm.mediaCollection': 'Missing required field',
    });
    expect(reasons(read({ events: [{}, 7] }, 'standard', { pathType: 'none' }))).toEqual({
      '$.events[0].xdm': 'Missing required field',
      '$.events[1]': 'Expected object, got number',
    });
  });

  it('says what is wrong with the envelope', () => {
    const arrival = { pathType: 'play', receivedAt };
    expect(reasons(readers.standard([], arrival))).toEqual({ $: 'Expected object, got array' });
    expect(reasons(readers.standard({}, arrival))).toEqual({ '$.events': 'Missing required field' });
    expect(reasons(readers.standard({ events: {} }, arrival))).toEqual({
      '$.events': 'Expected array of events, got object',
    });
    expect(reasons(readers.standard({ events: [] }, arrival))).toEqual({
      '$.events': 'Expected array of events, got none',
    });
  });

  it('lets the type of the event win over that of the path', () => {
    const outcome = read({ events: [edgeEvent('sessionStart')] }, 'standard', { pathType: 'play' });
    expect(eventsOf(outcome)).toMatchObject([{ eventType: 'sessionStart' }]);
  });

  it('leaves alone what is no event of media, where the path does not say that media comes', () => {
    const arrival = { pathType: undefined };
    const page = { xdm: { eventType: 'web.webpagedetails.pageViews' } };
    expect(eventsOf(read({ events: [page, edgeEvent('play', 'sid-1'), {}] }, 'standard', arrival))).toHaveLength(1);
    for (const body of [{ events: [page] }, {}, null, [], { events: 7 }]) {
      expect(eventsOf(read(body, 'standard', arrival))).toEqual([]);
    }
    expect(reasons(read({ events: [page, { xdm: { eventType: 'media.x' } }] }, 'standard', arrival))).toHaveProperty([
      '$.events[1].xdm.eventType',
    ]);
  });

  it('takes nothing where anything is wrong, and lists all of it', () => {
    const outcome = read({ events: [edgeEvent('play', 'sid-1'), edgeEvent('play'), edgeEvent('ping')] });
    expect(reasons(outcome)).toEqual({
      '$.events[1].xdm.mediaCollection.sessionID': 'Missing required field',
      '$.events[2].xdm.mediaCollection.sessionID': 'Missing required field',
    });
  });
});

describe('strict', () => {
  it('wants what the documentation requires', () => {
    const details = { name: 'id-1', contentType: 'vod' };
    const start = { xdm: { eventType: 'media.sessionStart', mediaCollection: { sessionDetails: details } } };
    expect(reasons(readEvent(start, 'strict'))).toEqual({
      '$.events[0].xdm.timestamp': 'Missing required field',
      [`${COLLECTION}.playhead`]: 'Missing required field',
      [`${COLLECTION}.sessionDetails.length`]: 'Missing required field',
      [`${COLLECTION}.sessionDetails.playerName`]: 'Missing required field',
      [`${COLLECTION}.sessionDetails.channel`]: 'Missing required field',
    });
  });

  it('refuses what the documentation does not have, and takes what SDKs put around mediaCollection', () => {
    const play = edgeEvent('play', 'sid-1', { own: 1, customMetadata: [], playhead: 1.5 });
    expect(reasons(readEvent({ ...play, data: {}, xdm: { ...play.xdm, web: {}, _id: 'x' } }, 'strict'))).toEqual({
      [`${COLLECTION}.own`]: 'Unknown field',
      [`${COLLECTION}.customMetadata`]: 'Unknown field',
      [`${COLLECTION}.playhead`]: 'Expected integer >= 0, got 1.5',
    });
    const start = edgeEvent('sessionStart', 'sid-1', { customMetadata: [{ name: 'a', value: 1 }] });
    expect(reasons(readEvent(start, 'strict'))).toEqual({
      [`${COLLECTION}.sessionID`]: 'Unknown field',
      [`${COLLECTION}.customMetadata[0].value`]: 'Expected string, got number',
    });
    expect(
      reasons(readEvent(edgeEvent('statesUpdate', 'sid-1', { statesStart: [{ name: 'a b' }] }), 'strict')),
    ).toEqual({ [`${COLLECTION}.statesStart[0].name`]: 'Expected string matching ^[a-zA-Z0-9_.]{1,64}$, got string' });
  });

  it('wants the type of the path', () => {
    const outcome = read({ events: [edgeEvent('play', 'sid-1')] }, 'strict', { pathType: 'ping' });
    expect(reasons(outcome)).toEqual({
      '$.events[0].xdm.eventType': 'Expected media.ping, as in the path, got media.play',
    });
  });
});

describe('the events', () => {
  it('have the names of the Media Collection API', () => {
    const sessionDetails = {
      name: 'id-1',
      contentType: 'vod',
      length: 60,
      friendlyName: 'Title',
      appVersion: '1.0',
      hasResume: true,
      isDownloaded: false,
      mvpd: 'mvpd',
      authorized: 'true',
      assetID: 'asset',
      season: '3',
      pccr: true,
      ownText: 'kept',
      id: 'another',
      ownObject: {},
    };
    const start = {
      xdm: {
        ...edgeEvent('sessionStart', undefined, { sessionDetails }).xdm,
        implementationDetails: { name: 'https://ns.adobe.com/experience/alloy', version: '2.33.1' },
        identityMap: { ECID: [{ id: 'ecid-1' }], email: [{ id: 'a@b', authenticatedState: 'authenticated' }], x: [] },
      },
    };
    expect(eventsOf(readEvent(start))).toEqual([
      {
        eventType: 'sessionStart',
        playerTime: { playhead: 0, ts: at },
        params: {
          'media.id': 'id-1',
          'media.contentType': 'vod',
          'media.length': 60,
          'media.name': 'Title',
          'media.sdkVersion': '1.0',
          'media.resume': true,
          'media.downloaded': false,
          'media.pass.mvpd': 'mvpd',
          'media.pass.auth': 'true',
          'media.assetId': 'asset',
          'media.season': '3',
          'media.pccr': true,
          'media.ownText': 'kept',
          'media.libraryVersion': 'alloy-2.33.1',
          'visitor.marketingCloudUserId': 'ecid-1',
          'visitor.customerIDs': { email: { id: 'a@b', authState: 1 } },
        },
      },
    ]);
  });

  it('have what is known from around them', () => {
    const xdm = {
      implementationDetails: { name: 'https://ns.adobe.com/experience/mobilesdk/ios', version: '5.2.0+5.0.3' },
      identityMap: { ECID: [{ id: 'ecid-1' }] },
    };
    expect(eventsOf(read({ xdm, events: [edgeEvent('sessionStart')] }))).toMatchObject([
      { params: { 'media.libraryVersion': 'ios-5.2.0+5.0.3', 'visitor.marketingCloudUserId': 'ecid-1' } },
    ]);
  });

  it('are of ads, breaks and chapters too', () => {
    const playerTime = { playhead: 0, ts: at };
    const advertisingDetails = { name: 'ad', podPosition: 1, friendlyName: 'Ad', campaignID: 'c', creativeURL: 'u' };
    expect(eventsOf(readEvent(edgeEvent('adStart', 'sid-1', { advertisingDetails })))).toEqual([
      {
        eventType: 'adStart',
        playerTime,
        params: {
          'media.ad.id': 'ad',
          'media.ad.podPosition': 1,
          'media.ad.length': null,
          'media.ad.name': 'Ad',
          'media.ad.campaignId': 'c',
          'media.ad.creativeURL': 'u',
        },
      },
    ]);
    const advertisingPodDetails = { index: 2, offset: 1.7, friendlyName: 'mid' };
    expect(eventsOf(readEvent(edgeEvent('adBreakStart', 'sid-1', { advertisingPodDetails })))).toEqual([
      {
        eventType: 'adBreakStart',
        playerTime,
        params: { 'media.ad.podIndex': 2, 'media.ad.podSecond': 1.7, 'media.ad.podFriendlyName': 'mid' },
      },
    ]);
    const chapterDetails = { index: 1, offset: 0, length: 60, friendlyName: 'One' };
    expect(eventsOf(readEvent(edgeEvent('chapterStart', 'sid-1', { chapterDetails })))).toEqual([
      {
        eventType: 'chapterStart',
        playerTime,
        params: {
          'media.chapter.index': 1,
          'media.chapter.offset': 0,
          'media.chapter.length': 60,
          'media.chapter.friendlyName': 'One',
        },
      },
    ]);
  });

  it('have the readings and the error in qoeData', () => {
    const qoeDataDetails = { bitrate: 3000, droppedFrames: null, startupTime: 3, own: {}, errorID: 'another' };
    const errorDetails = { name: 'drm', source: 'player' };
    expect(eventsOf(readEvent(edgeEvent('error', 'sid-1', { qoeDataDetails, errorDetails })))).toMatchObject([
      {
        qoeData: {
          'media.qoe.bitrate': 3000,
          'media.qoe.droppedFrames': null,
          'media.qoe.startupTime': 3,
          'media.qoe.errorID': 'drm',
          'media.qoe.errorSource': 'player',
        },
      },
    ]);
  });

  it('have each name of the metadata once, as the last one says', () => {
    const customMetadata = [
      { name: 'a', value: 'x' },
      { name: '__proto__', value: 'p' },
      { name: 'a', value: 2 },
      { name: 'none', value: null },
    ];
    const [event] = eventsOf(readEvent(edgeEvent('play', 'sid-1', { customMetadata })));
    expect(JSON.stringify(event?.customMetadata)).toBe('{"a":"2","__proto__":"p"}');
  });

  it('are several for an update of states, ends before starts', () => {
    const states = { statesStart: [{ name: 'a' }, { name: 'b' }], statesEnd: [{ name: 'c' }], playhead: 7 };
    const playerTime = { playhead: 7, ts: at };
    expect(eventsOf(readEvent(edgeEvent('statesUpdate', 'sid-1', states)))).toEqual([
      { eventType: 'stateEnd', playerTime, params: { 'media.state.name': 'c' } },
      { eventType: 'stateStart', playerTime, params: { 'media.state.name': 'a' } },
      { eventType: 'stateStart', playerTime, params: { 'media.state.name': 'b' } },
    ]);
  });

  it('have the metadata and the readings of an update of states once', () => {
    const members = {
      statesStart: [{ name: 'a' }, { name: 'b' }],
      customMetadata: [{ name: 'long', value: 'x' }],
      qoeDataDetails: { bitrate: 1 },
    };
    const [first, second] = eventsOf(readEvent(edgeEvent('statesUpdate', 'sid-1', { ...members, statesEnd: [] })));
    expect(first).toMatchObject({ customMetadata: { long: 'x' }, qoeData: { 'media.qoe.bitrate': 1 } });
    expect(Object.keys(second ?? {})).toEqual(['eventType', 'playerTime', 'params']);
  });

  it('happened when they say, by Roku without padding, or else when they came', () => {
    const stamped = (timestamp?: string, name?: string) => {
      const event = edgeEvent('sessionStart');
      const xdm = { ...event.xdm, timestamp, ...(name && { implementationDetails: { name } }) };
      return eventsOf(readEvent(JSON.parse(JSON.stringify({ xdm }))))[0]?.playerTime.ts;
    };
    expect(stamped()).toBe(receivedAt);
    expect(stamped('2026-01-15T12:01:00.7+02:00')).toBe(at + 700);
    expect(stamped('2026-01-15T10:01:00Z')).toBe(at);
    expect(stamped('2026-01-15T10:01:00.123456+0000')).toBe(at + 123);
    expect(stamped('2026-01-15T10:01:00.7Z', 'https://ns.adobe.com/experience/mobilesdk/roku')).toBe(at + 7);
  });

  it('have an unknown playhead where none is told', () => {
    const { playhead, ...told } = edgeEvent('play', 'sid-1').xdm.mediaCollection as Record<string, unknown>;
    const event = edgeEvent('play', 'sid-1');
    expect(eventsOf(readEvent({ xdm: { ...event.xdm, mediaCollection: told } }))).toMatchObject([
      { playerTime: { playhead: null } },
    ]);
  });

  it('go to the session that each names, in their order', () => {
    const events = [edgeEvent('play', 'a'), edgeEvent('ping', 'b'), edgeEvent('ping', 'a')];
    const outcome = read({ events });
    const added = 'added' in outcome ? [...outcome.added] : [];
    expect(added.map(([sid, list]) => [sid, list.map(({ eventType }) => eventType)])).toEqual([
      ['a', ['play', 'ping']],
      ['b', ['ping']],
    ]);
  });
});

describe('a session recorded offline', () => {
  const offline = (events: unknown[]) => ({
    events: [{ xdm: { eventType: 'media.downloaded', identityMap: {}, mediaDownloadedEvents: events } }],
  });
  const offlineEvent = (type: EdgeEventType, timestamp: string) => ({
    mediaEventType: `media.${type}`,
    mediaEventTimestamp: timestamp,
    mediaCollection: edgeEvent(type).xdm.mediaCollection,
  });

  it('is the events that it holds', () => {
    const all = [...later.keys()].map((index) => `2026-01-15T10:01:${10 + index}.000+00:00`);
    const body = offline([
      offlineEvent('sessionStart', '2026-01-15T10:01:00.000Z'),
      ...later.map((type, index) => offlineEvent(type, all[index] ?? '')),
    ]);
    const events = eventsOf(read(body));
    expect(events.map(({ eventType }) => eventType)).toEqual(
      ['sessionStart', ...later].flatMap((type) => (type === 'statesUpdate' ? ['stateEnd', 'stateStart'] : type)),
    );
    expect(events[1]?.playerTime.ts).toBe(at + 10_000);
    expect(reasons(read(body, 'strict'))).toEqual({});
  });

  it('begins with its only sessionStart', () => {
    const start = offlineEvent('sessionStart', '2026-01-15T10:01:00.000Z');
    const play = offlineEvent('play', '2026-01-15T10:01:00.000Z');
    const LIST = '$.events[0].xdm.mediaDownloadedEvents';
    expect(reasons(read(offline([play, start])))).toEqual({
      [`${LIST}[0].mediaEventType`]: 'A session begins with its sessionStart',
      [`${LIST}[1].mediaEventType`]: 'A session begins with its sessionStart',
    });
    expect(reasons(read(offline([])))).toEqual({ [LIST]: 'Expected events, the first a sessionStart' });
    const wrong = offline([
      start,
      { ...play, mediaCollection: 7, mediaEventTimestamp: '' },
      { mediaEventType: 'x' },
      8,
    ]);
    expect(reasons(read(wrong))).toMatchObject({
      [`${LIST}[1].mediaCollection`]: 'Expected object, got number',
      [`${LIST}[1].mediaEventTimestamp`]: expect.stringMatching('^Expected date and time'),
      [`${LIST}[2].mediaEventType`]: expect.stringMatching('^Got "x", expected one of media.sessionStart'),
      [`${LIST}[3].mediaEventType`]: 'Missing required field',
    });
    expect(reasons(read(offline([{ ...start, mediaCollection: { sessionID: 'x' } }]), 'strict'))).toMatchObject({
      [`${LIST}[0].mediaCollection.sessionID`]: 'Unknown field',
    });
  });
});
