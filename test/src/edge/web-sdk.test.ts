import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { type Collector, createCollector, type EventType } from '../../../src/index.ts';
import { eventually } from '../../support/eventually.ts';
import { chromiumIsMissing } from '../../support/inspector/pages.ts';
import { openWebSdk, PLAYER, type WebSdk } from '../../support/web-sdk.ts';

const DATASTREAM = '00000000-0000-4000-8000-0000000000da';

const sessionDetails = { name: 'id-1', friendlyName: 'Title', contentType: 'vod', streamType: 'video', length: 60 };

let collector: Collector;
let sdk: WebSdk | undefined;
afterEach(async () => {
  await sdk?.stop();
  await collector.close();
});

/** Opens a page whose SDK sends to a domain, by a clock that stands still unless it is moved. */
async function open(edgeDomain: string): Promise<WebSdk> {
  collector = createCollector({ edge: { orgId: '0123456789ABCDEF@AdobeOrg' } });
  sdk = await openWebSdk(collector);
  await sdk.page.clock.install();
  await call(sdk.page, 'configure', {
    edgeDomain,
    datastreamId: DATASTREAM,
    orgId: '0123456789ABCDEF@AdobeOrg',
    thirdPartyCookiesEnabled: false,
    streamingMedia: { channel: 'channel', playerName: 'player', appVersion: '1.0' },
  });
  return sdk;
}

/** A command of the SDK, as a page calls it. What it gives is as JSON has it. */
function call(page: Page, command: string, options: object): Promise<Record<string, unknown>> {
  return page.evaluate(([name, given]) => alloy(name, given), [command, options] as const);
}

declare function alloy(...args: unknown[]): Promise<Record<string, unknown>>;

/** The types of the events of the only session, once there are so many. */
async function typesOf(count: number): Promise<EventType[]> {
  return eventually(async () => {
    const [session] = (await collector.sessions()).sessions;
    const events = (await collector.events(session?.sid ?? '')) ?? [];
    expect(events).toHaveLength(count);
    return events.map(({ event }) => event.eventType);
  });
}

/** Where the SDK sends to. */
const DOMAINS = [
  { where: 'another site', domain: 'edge.media.test', tags: [] },
  { where: 'the domain of the page', domain: PLAYER, tags: ['long'] },
];

describe.skipIf(chromiumIsMissing()).each(DOMAINS)("Adobe's Web SDK, pointed to $where,", ({ domain, tags }) => {
  it('has its sessions taken whole, with the pings that it sends by itself', { tags }, async () => {
    const { page, complaints, paths } = await open(domain);
    await page.evaluate(
      (details) =>
        alloy('createMediaSession', {
          playerId: 'player-1',
          getPlayerDetails: () => ({ playhead: 7 }),
          xdm: { eventType: 'media.sessionStart', mediaCollection: { sessionDetails: details } },
        }),
      sessionDetails,
    );
    const send = (eventType: string, mediaCollection = {}) =>
      call(page, 'sendMediaEvent', { playerId: 'player-1', xdm: { eventType, mediaCollection } });
    await send('media.play');
    await page.clock.runFor(10_000);
    await typesOf(3);
    await send('media.adBreakStart', { advertisingPodDetails: { index: 1, offset: 7, friendlyName: 'mid' } });
    await send('media.adStart', { advertisingDetails: { name: 'ad-1', podPosition: 1, length: 15 } });
    await send('media.adComplete');
    await send('media.adBreakComplete');
    await send('media.statesUpdate', { statesStart: [{ name: 'mute' }, { name: 'fullscreen' }] });
    await send('media.sessionComplete');

    expect(await typesOf(10)).toEqual([
      ...['sessionStart', 'play', 'ping'],
      ...['adBreakStart', 'adStart', 'adComplete', 'adBreakComplete', 'stateStart', 'stateStart', 'sessionComplete'],
    ]);
    const [session] = (await collector.sessions()).sessions;
    expect(await collector.report(session?.sid ?? '')).toMatchObject({
      protocol: 'media-edge',
      sdk: 'alloy-2.33.1',
      datastream: DATASTREAM,
      sessionDetails: { ...sessionDetails, playerName: 'player', channel: 'channel', isCompleted: true },
      ads: [{ advertisingDetails: { name: 'ad-1', playerName: 'player', isCompleted: true } }],
    });
    expect(paths.slice(0, 2)).toEqual(['POST /ee/v1/interact', 'POST /ee/va/v1/play']);
    expect(complaints).toEqual([]);
  });

  it('has them taken where the page itself names the session and the playhead', { tags: ['long'] }, async () => {
    const { page, complaints } = await open(domain);
    const { sessionId } = await call(page, 'createMediaSession', {
      xdm: { eventType: 'media.sessionStart', mediaCollection: { playhead: 0, sessionDetails } },
    });
    expect(sessionId).toMatch(/^[0-9a-f]{64}$/);
    const send = (eventType: string, playhead: number) => {
      const xdm = { eventType, mediaCollection: { playhead, sessionID: sessionId } };
      return call(page, 'sendMediaEvent', { xdm });
    };
    for (const [at, type] of ['play', 'ping', 'pauseStart', 'sessionEnd'].entries()) await send(`media.${type}`, at);
    expect(await typesOf(5)).toEqual(['sessionStart', 'play', 'ping', 'pauseStart', 'sessionEnd']);
    await send('media.ping', 5).catch(() => {}); // in the grace
    expect(complaints).toEqual([]);
  });

  it('has them taken by the interface of the SDK before it', { tags: ['long'] }, async () => {
    const { page, complaints } = await open(domain);
    await page.evaluate(async () => {
      const media = await (alloy('getMediaAnalyticsTracker', {}) as Promise<LegacyMedia>);
      const tracker = media.getInstance();
      tracker.trackSessionStart(media.createMediaObject('Title', 'id-1', 60, 'vod', media.MediaType.Video), { a: 'b' });
      tracker.updatePlayhead(1);
      tracker.trackPlay();
      tracker.trackEvent(media.Event.ChapterStart, media.createChapterObject('One', 1, 30, 0));
      tracker.trackEvent(media.Event.ChapterComplete);
      tracker.trackEvent(media.Event.StateStart, media.createStateObject('mute'));
      tracker.trackError('drm');
      tracker.trackComplete();
      tracker.trackSessionEnd();
    });
    const types = await typesOf(8);
    expect(types[0]).toBe('sessionStart'); // the others are sent at once, in any order
    expect(types.slice(1).sort()).toEqual(
      ['play', 'chapterStart', 'chapterComplete', 'stateStart', 'error', 'sessionComplete', 'sessionEnd'].sort(),
    );
    const [session] = (await collector.sessions()).sessions;
    expect(await collector.report(session?.sid ?? '')).toMatchObject({
      sessionDetails: { name: 'id-1', friendlyName: 'Title', isCompleted: true },
      customMetadata: { a: 'b' },
      qoeDataDetails: { playerSdkErrors: ['drm'] },
    });
    expect(complaints).toEqual([]);
  });

  it('gets answers that do no harm to what else it sends: page views, and a consent', { tags: ['long'] }, async () => {
    const { page, complaints } = await open(domain);
    await call(page, 'setConsent', { consent: [{ standard: 'Adobe', version: '1.0', value: { general: 'in' } }] });
    const xdm = { eventType: 'web.webpagedetails.pageViews' };
    await call(page, 'sendEvent', { xdm });
    await call(page, 'sendEvent', { xdm, documentUnloading: true });
    const started = { eventType: 'media.sessionStart', mediaCollection: { playhead: 0, sessionDetails } };
    const { sessionId } = await call(page, 'createMediaSession', { xdm: started });
    expect(sessionId).toMatch(/^[0-9a-f]{64}$/);
    expect(complaints).toEqual([]);
  });
});

/** What the page uses of the interface of the SDK before it. */
interface LegacyMedia extends Record<string, unknown> {
  readonly Event: Readonly<Record<'ChapterStart' | 'ChapterComplete' | 'StateStart', string>>;
  readonly MediaType: Readonly<Record<'Video', string>>;
  createMediaObject(name: string, id: string, length: number, type: string, mediaType: string): object;
  createChapterObject(name: string, position: number, length: number, startTime: number): object;
  createStateObject(name: string): object;
  getInstance(): {
    trackSessionStart(media: object, metadata: object): void;
    trackPlay(): void;
    trackComplete(): void;
    trackSessionEnd(): void;
    trackError(id: string): void;
    trackEvent(event: string, details?: object): void;
    updatePlayhead(playhead: number): void;
  };
}
