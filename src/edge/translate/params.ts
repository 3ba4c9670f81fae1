import type { EventOf } from '../../wire/events.ts';
import { advertisingDetails, advertisingPodDetails, chapterDetails, sessionDetails } from '../schema/details.ts';
import type { MediaCollections } from '../schema/schemas.ts';
import { type Renaming, renamer } from './members.ts';

const SESSION: Renaming = {
  prefix: 'media.',
  keys: {
    name: 'media.id',
    friendlyName: 'media.name',
    appVersion: 'media.sdkVersion',
    hasResume: 'media.resume',
    isDownloaded: 'media.downloaded',
    mvpd: 'media.pass.mvpd',
    authorized: 'media.pass.auth',
    assetID: 'media.assetId',
  },
};

const AD_BREAK: Renaming = {
  prefix: 'media.ad.',
  keys: { index: 'media.ad.podIndex', offset: 'media.ad.podSecond', friendlyName: 'media.ad.podFriendlyName' },
};

const AD: Renaming = {
  prefix: 'media.ad.',
  keys: {
    name: 'media.ad.id',
    friendlyName: 'media.ad.name',
    campaignID: 'media.ad.campaignId',
    creativeID: 'media.ad.creativeId',
    siteID: 'media.ad.siteId',
    placementID: 'media.ad.placementId',
  },
};

const CHAPTER: Renaming = { prefix: 'media.chapter.', keys: {} };

const renameSession = renamer(SESSION, namesOf(sessionDetails), 'sessionStart', 'params');
const renameAdBreak = renamer(AD_BREAK, namesOf(advertisingPodDetails), 'adBreakStart', 'params');
const renameAd = renamer(AD, namesOf(advertisingDetails), 'adStart', 'params');
const renameChapter = renamer(CHAPTER, namesOf(chapterDetails), 'chapterStart', 'params');

/** `params` of a sessionStart. A length that is not known is null, as the SDKs of the other API send it. */
export function sessionParams({ sessionDetails }: MediaCollections['sessionStart']): EventOf<'sessionStart'>['params'] {
  const { name, contentType, length = null } = sessionDetails;
  const required = { 'media.id': name, 'media.contentType': contentType, 'media.length': length };
  return Object.assign(renameSession(sessionDetails), required);
}

/** `params` of an adBreakStart. A break whose index is not told has 0, which none has else: they count from 1. */
export function adBreakParams({
  advertisingPodDetails = {},
  playhead,
}: MediaCollections['adBreakStart']): EventOf<'adBreakStart'>['params'] {
  const { index, offset } = advertisingPodDetails;
  return Object.assign(renameAdBreak(advertisingPodDetails), {
    'media.ad.podIndex': Math.trunc(index ?? 0),
    'media.ad.podSecond': offset ?? playhead ?? 0,
  });
}

/** `params` of an adStart. */
export function adParams({ advertisingDetails }: MediaCollections['adStart']): EventOf<'adStart'>['params'] {
  const { name, podPosition, length = null } = advertisingDetails;
  return Object.assign(renameAd(advertisingDetails), {
    'media.ad.id': name,
    'media.ad.podPosition': Math.trunc(podPosition),
    'media.ad.length': length,
  });
}

/** `params` of a chapterStart. */
export function chapterParams({ chapterDetails }: MediaCollections['chapterStart']): EventOf<'chapterStart'>['params'] {
  const { index, offset, length = null } = chapterDetails;
  return Object.assign(renameChapter(chapterDetails), {
    'media.chapter.index': Math.trunc(index),
    'media.chapter.offset': offset,
    'media.chapter.length': length,
  });
}

function namesOf({ standard }: { readonly standard: { readonly properties: object } }): string[] {
  return Object.keys(standard.properties);
}
