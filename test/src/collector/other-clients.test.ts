import { describe, expect, it, vi } from 'vitest';
import { createCollector, type Rejection } from '../../../src/index.ts';
import { call } from '../../support/collector.ts';

type Body = Readonly<Record<string, unknown>> & { readonly eventType: string };

/**
 * Requests as clients make them that are not Adobe's: the connectors of a player for the web, Android and iOS, whose
 * sources are public, and those that teams write by hand after the documentation.
 */
const playerTime = { playhead: 12, ts: 1_700_000_012_000 };

/** A start as the connectors send it: `N/A` where they know nothing, what the app gives them over it. */
const params = {
  'analytics.reportSuite': 'suite',
  'analytics.trackingServer': 'example.com',
  'media.channel': 'N/A',
  'media.contentType': 'VOD',
  'media.id': 'N/A',
  'media.length': 596.458,
  'media.playerName': 'THEOplayer',
  'visitor.marketingCloudOrgId': 'org@AdobeOrg',
  'visitor.marketingCloudUserId': 'N/A',
};
const start = { eventType: 'sessionStart', playerTime, qoeData: {}, customMetadata: {}, params };
const startWith = (more: object) => ({ ...start, params: { ...params, ...more } });
const event = (eventType: string, more: object = {}) => ({ eventType, playerTime, qoeData: {}, ...more });

const RIGHT: readonly [name: string, body: Body][] = [
  ['a start', start],
  ['a live start, of a day', startWith({ 'media.contentType': 'Live', 'media.length': 86400 })],
  [
    'a start with a title and metadata of the app',
    { ...startWith({ 'media.name': 'A film' }), customMetadata: { a: 'b' } },
  ],
  ['an event without params', event('pauseStart')],
  [
    'a break, placed by its longest duration',
    event('adBreakStart', { params: { 'media.ad.podIndex': -1, 'media.ad.podSecond': 0 } }),
  ],
  [
    'an ad with a length in fractions',
    event('adStart', {
      params: {
        'media.ad.id': '1',
        'media.ad.podPosition': 1,
        'media.ad.length': 15.04,
        'media.ad.playerName': 'THEOplayer',
      },
    }),
  ],
  [
    'a chapter of a cue',
    event('chapterStart', {
      params: { 'media.chapter.index': 0, 'media.chapter.offset': 1.5, 'media.chapter.length': 30 },
    }),
  ],
  [
    'an error with its code as text',
    event('error', { qoeData: { 'media.qoe.errorID': '3001', 'media.qoe.errorSource': 'player' } }),
  ],
];

type Wrong = [name: string, body: Body, path: string, reason: string];

const adParams = { 'media.ad.id': '1', 'media.ad.podPosition': 1, 'media.ad.length': 15 };
const without = (key: keyof typeof adParams) => {
  const { [key]: _, ...rest } = adParams;
  return rest;
};

/** What lenient keeps: a session is not lost by it, nor an event. */
const KEPT: readonly Wrong[] = [
  [
    'an ad whose duration the player does not know, which JSON leaves out',
    event('adStart', { params: without('media.ad.length') }),
    "$.params['media.ad.length']",
    'Missing required field',
  ],
  [
    'a break whose offset is not known yet',
    event('adBreakStart', { params: { 'media.ad.podIndex': 0, 'media.ad.podSecond': null } }),
    "$.params['media.ad.podSecond']",
    'Expected number, got null',
  ],
  [
    'an error with its code as a number',
    event('error', { qoeData: { 'media.qoe.errorID': 3001, 'media.qoe.errorSource': 'player' } }),
    "$.qoeData['media.qoe.errorID']",
    'Expected string, got number',
  ],
  [
    'a number in the metadata of the app',
    { ...start, customMetadata: { title: 'A film', season: 3 } },
    '$.customMetadata.season',
    'Expected string, got number',
  ],
  [
    'a list in the metadata of the app',
    { ...start, customMetadata: { genres: ['drama', 'crime'] } },
    '$.customMetadata.genres',
    'Expected string, got array',
  ],
  [
    'metadata that the app has not got',
    { ...start, customMetadata: null },
    '$.customMetadata',
    'Expected object, got null',
  ],
  ['a season as a number', startWith({ 'media.season': 3 }), "$.params['media.season']", 'Expected string, got number'],
  ['a flag as text', startWith({ 'media.resume': 'true' }), "$.params['media.resume']", 'Expected boolean, got string'],
  [
    'a bitrate as text',
    event('bitrateChange', { qoeData: { 'media.qoe.bitrate': '2400' } }),
    "$.qoeData['media.qoe.bitrate']",
    'Expected number or null, got string',
  ],
  [
    'a chapter with parseInt of nothing, which JSON makes null',
    event('chapterStart', {
      params: { 'media.chapter.index': 1, 'media.chapter.offset': null, 'media.chapter.length': 5 },
    }),
    "$.params['media.chapter.offset']",
    'Expected number, got null',
  ],
];

/** What no mode keeps. */
const REFUSED: readonly Wrong[] = [
  [
    'a length as text',
    startWith({ 'media.length': '600' }),
    "$.params['media.length']",
    'Expected number or null, got string',
  ],
  [
    'an ad without an id',
    event('adStart', { params: without('media.ad.id') }),
    "$.params['media.ad.id']",
    'Missing required field',
  ],
  [
    'an ad whose id is a number',
    event('adStart', { params: { ...adParams, 'media.ad.id': 1 } }),
    "$.params['media.ad.id']",
    'Expected string, got number',
  ],
  [
    'a chapter whose index is parseInt of nothing',
    event('chapterStart', {
      params: { 'media.chapter.index': null, 'media.chapter.offset': 1, 'media.chapter.length': 5 },
    }),
    "$.params['media.chapter.index']",
    'Expected integer, got null',
  ],
  [
    'a time in fractions of a millisecond',
    { ...event('ping'), playerTime: { playhead: 1, ts: 1_700_000_012_000.25 } },
    '$.playerTime.ts',
    'Expected integer >= 0, got 1700000012000.25',
  ],
  [
    'a playhead as text',
    { ...event('ping'), playerTime: { ...playerTime, playhead: '12' } },
    '$.playerTime.playhead',
    'Expected number or null, got string',
  ],
  [
    'the type that an iOS connector sends when it has none',
    event('unknown'),
    '$.eventType',
    'Got "unknown", expected one of sessionStart, play',
  ],
];

/** What becomes of a body in a session of its own: the status, and the rejection if there is one. */
async function send(validation: 'standard' | 'lenient', body: Body) {
  const onReject = vi.fn<(rejection: Rejection) => void>();
  const collector = createCollector({ validation, onReject });
  const first = body.eventType === 'sessionStart' ? body : start;
  const opened = await collector.handle(call('/api/v1/sessions', first));
  const sid = opened?.headers['Location']?.split('/').at(-1) ?? '';
  const reply = first === body ? opened : await collector.handle(call(`/api/v1/sessions/${sid}/events`, body));
  const [events, report] = [await collector.events(sid), await collector.report(sid)];
  await collector.close();
  return { status: reply?.status, rejection: onReject.mock.calls[0]?.[0], kept: events?.at(-1)?.event, report };
}

describe('of a client that is not from Adobe', () => {
  it.each(RIGHT)('%s is taken', async (_, body) => {
    for (const mode of ['standard', 'lenient'] as const) {
      const { status, kept, report } = await send(mode, body);
      expect(status).toBe(body.eventType === 'sessionStart' ? 201 : 204);
      expect(kept).toEqual(body);
      expect(report?.diagnostics.map(({ code }) => code)).not.toContain('unexpected-types');
    }
  });

  it.each(KEPT)('%s is rejected with the way out, and kept by lenient', async (_, body, path, reason) => {
    const { status, rejection } = await send('standard', body);
    expect(status).toBe(400);
    expect(rejection?.errors).toEqual([{ path, reason }]);
    expect(rejection?.cause).toMatchObject({ eventType: body.eventType, hint: expect.stringContaining("'lenient'") });

    const lenient = await send('lenient', body);
    expect(lenient.status).toBe(body.eventType === 'sessionStart' ? 201 : 204);
    expect(lenient.kept).toEqual(body);
    const found = lenient.report?.diagnostics.find(({ code }) => code === 'unexpected-types');
    expect(found?.message).toContain(path.slice(2));
  });

  it.each(REFUSED)('%s is rejected by every mode', async (_, body, path, reason) => {
    for (const mode of ['standard', 'lenient'] as const) {
      const { status, rejection } = await send(mode, body);
      expect(status).toBe(400);
      expect(rejection?.errors).toEqual([{ path, reason: expect.stringContaining(reason) }]);
      expect(rejection?.cause?.hint).toBeUndefined();
    }
  });
});

it('is told the schema of the mode', async () => {
  const collector = createCollector({ validation: 'lenient' });
  const reply = await collector.handle(call('/api/v1/schemas/adStart', undefined, { method: 'GET' }));
  const { $id, properties } = JSON.parse(reply?.body ?? '');
  expect([$id, properties.params.required]).toEqual(['urn:media-sessions:lenient:adStart', ['media.ad.id']]);
  await collector.close();
});
