import type { AdvertisingDetails, AdvertisingPodDetails, ReportedAd } from '../schema/ad-schema.ts';
import type { CustomMetadata } from '../schema/field-types.ts';
import type { Ad } from '../timeline/ads.ts';
import { wholeSeconds } from '../timeline/interval.ts';
import { flag, present, repeatable } from './fields.ts';
import { mergeMetadata } from './metadata.ts';

/** An ad as the report has it. `metadata` is what it has of the session's. */
export function reportedAd(ad: Ad, sid: string, metadata: CustomMetadata): ReportedAd {
  return {
    advertisingDetails: advertisingDetailsOf(ad),
    advertisingPodDetails: podDetailsOf(ad, sid),
    customMetadata: mergeMetadata(metadata, ad.event.customMetadata),
  };
}

/** XDM advertisingDetails. The time an ad played may be more than its length. */
function advertisingDetailsOf({ event: { params }, time, isCompleted }: Ad): AdvertisingDetails {
  return present<AdvertisingDetails>({
    name: params['media.ad.id'],
    friendlyName: params['media.ad.name'],
    length: params['media.ad.length'],
    podPosition: params['media.ad.podPosition'],
    playerName: params['media.ad.playerName'],
    advertiser: params['media.ad.advertiser'],
    campaignID: params['media.ad.campaignId'],
    creativeID: params['media.ad.creativeId'],
    creativeURL: params['media.ad.creativeURL'],
    siteID: params['media.ad.siteId'],
    placementID: params['media.ad.placementId'],
    isStarted: true,
    isCompleted: flag(isCompleted),
    timePlayed: wholeSeconds(time.ms),
  });
}

/** XDM advertisingPodDetails: the break that an ad ran in. */
function podDetailsOf({ adBreak: { params } }: Ad, sid: string): AdvertisingPodDetails {
  const index = params['media.ad.podIndex'];
  return present<AdvertisingPodDetails>({
    ID: `${sid}_${index}`,
    index,
    offset: params['media.ad.podSecond'],
    friendlyName: repeatable(params['media.ad.podFriendlyName']),
  });
}
