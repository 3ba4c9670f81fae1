import { describe, expect, it } from 'vitest';
import type { ReportedAd } from '../../../../src/report/schema/ad-schema.ts';
import type { StoredEvent } from '../../../../src/session/session.ts';
import { at, reportOf } from '../../../support/report/sessions.ts';

const start = at(0, 'sessionStart');
const adBreak = at(0, 'adBreakStart');

describe('an ad', () => {
  it('plays before any play: a pre-roll', () => {
    expect(adsIn([adBreak, at(0, 'adStart'), at(15, 'adComplete')])).toEqual([{ seconds: 15, completed: true }]);
  });

  it('plays after sessionComplete: a post-roll', () => {
    const content = [at(0, 'play'), at(10, 'sessionComplete', 10)];
    const postRoll = [at(10, 'adBreakStart', 10), at(10, 'adStart', 10), at(18, 'adComplete', 10)];
    expect(adsIn([...content, ...postRoll])).toEqual([{ seconds: 8, completed: true }]);
  });

  it('plays no longer than to its skip, and is not completed then', () => {
    expect(adsIn([adBreak, at(0, 'adStart'), at(4, 'adSkip')])).toEqual([{ seconds: 4, completed: false }]);
  });

  it('may play longer than its length', () => {
    expect(adsIn([adBreak, at(0, 'adStart'), at(40, 'adComplete')])).toEqual([{ seconds: 40, completed: true }]);
  });

  it.each([
    ['the next ad', at(6, 'adStart'), 2],
    ['the end of its break', at(6, 'adBreakComplete'), 1],
    ['the next break', at(6, 'adBreakStart'), 1],
  ])('is closed uncompleted by %s', (_, closing, ads) => {
    const found = adsIn([adBreak, at(0, 'adStart'), closing, at(7, 'adBreakComplete'), at(9, 'ping')]);
    expect(found).toHaveLength(ads);
    expect(found[0]).toEqual({ seconds: 6, completed: false });
  });

  it('still open at the last event counts up to it, and its break needs no end', () => {
    expect(adsIn([adBreak, at(0, 'adStart'), at(3, 'ping')])).toEqual([{ seconds: 3, completed: false }]);
  });

  it('outside a break is none', () => {
    expect(adsIn([at(0, 'adStart'), at(5, 'adComplete')])).toEqual([]);
    expect(adsIn([adBreak, at(1, 'adBreakComplete'), at(2, 'adStart'), at(5, 'adComplete')])).toEqual([]);
  });

  it('with the same id twice is two', () => {
    const twice = [adBreak, at(0, 'adStart'), at(1, 'adComplete'), at(1, 'adStart'), at(3, 'adComplete')];
    expect(adsIn(twice).map(({ seconds }) => seconds)).toEqual([1, 2]);
  });

  it('does not play while the player pauses or buffers', () => {
    expect(adsIn([adBreak, at(0, 'adStart'), at(2, 'pauseStart'), at(5, 'play'), at(6, 'adComplete')])).toEqual([
      { seconds: 3, completed: true },
    ]);
  });

  it('and the next one have nothing of the time between them', () => {
    const gap = [adBreak, at(0, 'adStart'), at(2, 'adComplete'), at(7, 'adStart'), at(8, 'adComplete')];
    const { sessionDetails } = reportOf([start, ...gap]);
    expect(sessionDetails).toMatchObject({ totalTimePlayed: 3, adCount: 2 });
  });
});

describe('two breaks, one of which starts at the instant in which the other ends', () => {
  const named = (id: string) => ({ params: { 'media.ad.id': id } });
  const before = [start, at(0.1, 'play'), at(5, 'adBreakStart', 5), at(5.1, 'adStart', 5, named('A'))];
  const instant = [
    at(20, 'adComplete', 5),
    at(20, 'adBreakComplete', 5),
    at(20, 'adBreakStart', 5, { params: { 'media.ad.podIndex': 2 } }),
    at(20, 'adStart', 5, named('B')),
    at(20, 'play', 5),
  ];
  const after = [
    ...[at(30, 'ping', 5), at(35, 'adComplete', 5), at(35.1, 'adBreakComplete', 5), at(35.2, 'play', 5)],
    ...[at(45.2, 'ping', 15), at(45.3, 'sessionEnd', 15)],
  ];
  const report = reportOf([...before, ...instant, ...after]);

  it('have each its ad, with the whole time of it', () => {
    expect(report.sessionDetails).toMatchObject({ timePlayed: 15, totalTimePlayed: 45 });
    expect(
      report.ads.map(({ advertisingDetails: ad, advertisingPodDetails: pod }) => [
        ad.name,
        pod.index,
        ad.isCompleted,
        ad.timePlayed,
      ]),
    ).toEqual([
      ['A', 1, true, 15],
      ['B', 2, true, 15],
    ]);
  });

  it('are reported alike in whatever order the events of the instant arrive', () => {
    const orders = ordersOf(instant);
    expect(orders).toHaveLength(120);
    for (const arriving of orders) expect(reportOf([...before, ...arriving, ...after])).toEqual(report);
  });
});

describe('an ad dismissed at the instant in which its break ends and another starts', () => {
  it('is of the break that ends', () => {
    const ads = reportedIn([
      at(1, 'adBreakStart', 0, { params: { 'media.ad.podIndex': 1 } }),
      ...[at(5, 'adStart'), at(5, 'adSkip'), at(5, 'adBreakComplete')],
      at(5, 'adBreakStart', 0, { params: { 'media.ad.podIndex': 2 } }),
      ...[at(5, 'adStart'), at(8, 'adComplete'), at(8, 'adBreakComplete')],
    ]);
    expect(ads.map((ad) => [ad.advertisingPodDetails.index, ad.advertisingDetails.timePlayed])).toEqual([
      [1, 0],
      [2, 3],
    ]);
  });
});

describe('an ad of the report', () => {
  const params = {
    'media.ad.id': 'id',
    'media.ad.name': 'Name',
    'media.ad.length': 15.5,
    'media.ad.podPosition': 2,
    'media.ad.playerName': 'Player',
    'media.ad.advertiser': 'Advertiser',
    'media.ad.campaignId': 'campaign',
    'media.ad.creativeId': 'creative',
    'media.ad.creativeURL': 'https://creative.example',
    'media.ad.siteId': 'site',
    'media.ad.placementId': 'placement',
    'media.ad.podFriendlyName': 'not read: the break has it',
  };
  const pod = { 'media.ad.podIndex': -1, 'media.ad.podSecond': 21.5, 'media.ad.podFriendlyName': 'post-roll' };

  it('has the fields of XDM', () => {
    const [ad] = reportedIn([
      at(0, 'adBreakStart', 0, { params: pod }),
      at(0, 'adStart', 0, { params }),
      at(1, 'adComplete'),
    ]);
    expect(ad?.advertisingDetails).toEqual({
      name: 'id',
      friendlyName: 'Name',
      length: 15.5,
      podPosition: 2,
      playerName: 'Player',
      advertiser: 'Advertiser',
      campaignID: 'campaign',
      creativeID: 'creative',
      creativeURL: 'https://creative.example',
      siteID: 'site',
      placementID: 'placement',
      isStarted: true,
      isCompleted: true,
      timePlayed: 1,
    });
    expect(ad?.advertisingPodDetails).toEqual({ ID: 'sid_-1', index: -1, offset: 21.5, friendlyName: 'post-roll' });
  });

  it('has no field for what was not sent or is null', () => {
    const [ad] = reportedIn([adBreak, at(0, 'adStart', 0, { params: { 'media.ad.length': null } })]);
    expect(ad?.advertisingDetails).toEqual({ name: 'ad', podPosition: 1, isStarted: true, timePlayed: 0 });
    expect(ad?.advertisingPodDetails).toEqual({ ID: 'sid_1', index: 1, offset: 0 });
  });

  it('has the custom metadata of the session, overlaid by its own, without a prototype', () => {
    const session = at(0, 'sessionStart', 0, { customMetadata: { a: 'session', b: 'session' } });
    const own = { b: 'ad', constructor: 'ad' };
    const report = reportOf([session, adBreak, at(0, 'adStart', 0, { customMetadata: own }), at(1, 'adStart')]);
    const [first, second] = report.ads.map(({ customMetadata }) => customMetadata);
    expect({ ...first }).toEqual({ a: 'session', b: 'ad', constructor: 'ad' });
    expect({ ...second }).toEqual({ a: 'session', b: 'session' });
    expect([first, second, report.customMetadata].map((map) => Object.getPrototypeOf(map))).toEqual([null, null, null]);
  });

  it('shares its custom metadata with nothing else of the report, so that it may be redacted by itself', () => {
    const session = at(0, 'sessionStart', 0, { customMetadata: { user: 'name' } });
    const entries = [at(0, 'adStart'), at(1, 'adStart'), at(2, 'chapterStart'), at(3, 'chapterStart')];
    const { customMetadata, ads, chapters } = reportOf([session, adBreak, ...entries]);
    const maps = [customMetadata, ...ads.map((ad) => ad.customMetadata), ...chapters.map((one) => one.customMetadata)];
    expect(new Set(maps).size).toBe(5);
    expect(maps.map(({ user }) => user)).toEqual(Array(5).fill('name'));
  });

  it('keeps a __proto__ that a client sent as a name like any other', () => {
    const customMetadata = JSON.parse('{ "__proto__": "sent" }') as Record<string, string>; // a literal would set it
    const [ad] = reportedIn([adBreak, at(0, 'adStart', 0, { customMetadata })]);
    expect(Object.entries(ad?.customMetadata ?? {})).toEqual([['__proto__', 'sent']]);
  });
});

function ordersOf<T>(all: readonly T[]): T[][] {
  if (all.length === 0) return [[]];
  return all.flatMap((first) => ordersOf(all.filter((each) => each !== first)).map((rest) => [first, ...rest]));
}

function reportedIn(events: readonly StoredEvent[]): ReportedAd[] {
  return reportOf([start, ...events]).ads;
}

function adsIn(events: readonly StoredEvent[]): { seconds: number; completed: boolean }[] {
  return reportedIn(events).map(({ advertisingDetails: { timePlayed, isCompleted } }) => ({
    seconds: timePlayed,
    completed: isCompleted === true,
  }));
}
