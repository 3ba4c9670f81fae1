import type { Static } from 'typebox';
import * as Type from 'typebox';
import { customMetadata, flag, integer, number, requiredText, seconds, text } from './field-types.ts';

const advertisingDetails = Type.Object(
  {
    /** The id of the ad: `media.ad.id`. */
    name: requiredText('The id of the ad: `media.ad.id`.'),
    /** The name of the ad: `media.ad.name`. */
    friendlyName: text('The name of the ad: `media.ad.name`.'),
    /** The length of the ad in seconds: `media.ad.length`. */
    length: number('The length of the ad in seconds: `media.ad.length`.'),
    /** The place of the ad in its break: `media.ad.podPosition`. */
    podPosition: integer('The place of the ad in its break: `media.ad.podPosition`.'),
    /** The player that rendered the ad: `media.ad.playerName`. */
    playerName: text('The player that rendered the ad: `media.ad.playerName`.'),
    /** Whose product it is about: `media.ad.advertiser`. */
    advertiser: text('Whose product it is about: `media.ad.advertiser`.'),
    /** The id of the campaign: `media.ad.campaignId`. */
    campaignID: text('The id of the campaign: `media.ad.campaignId`.'),
    /** The id of the creative: `media.ad.creativeId`. */
    creativeID: text('The id of the creative: `media.ad.creativeId`.'),
    /** The address of the creative: `media.ad.creativeURL`. */
    creativeURL: text('The address of the creative: `media.ad.creativeURL`.'),
    /** The id of the site: `media.ad.siteId`. */
    siteID: text('The id of the site: `media.ad.siteId`.'),
    /** The id of the placement: `media.ad.placementId`. */
    placementID: text('The id of the placement: `media.ad.placementId`.'),
    /** Always true. */
    isStarted: Type.Literal(true, { description: 'Always true.' }),
    /** An adComplete came while it was open. */
    isCompleted: flag('An adComplete came while it was open.'),
    /** How long the ad played, in seconds: it may be longer than its length. */
    timePlayed: seconds('How long the ad played, in seconds: it may be longer than its length.'),
  },
  { description: 'The ad.' },
);

const advertisingPodDetails = Type.Object(
  {
    /** The id of the session and the index of the break: `{sid}_{index}`. */
    ID: requiredText('The id of the session and the index of the break: `{sid}_{index}`.'),
    /** The number of the break: `media.ad.podIndex`. */
    index: integer('The number of the break: `media.ad.podIndex`.'),
    /** Where the break is in the content, in seconds: `media.ad.podSecond`. */
    offset: Type.Number({ description: 'Where the break is in the content, in seconds: `media.ad.podSecond`.' }),
    /** The name of the break: `media.ad.podFriendlyName`. */
    friendlyName: text('The name of the break: `media.ad.podFriendlyName`.'),
  },
  { description: 'The ad break that the ad ran in.' },
);

/** One entry of the ads of a report. */
export const adSchema = Type.Object({
  /** The ad. */
  advertisingDetails,
  /** The ad break that the ad ran in. */
  advertisingPodDetails,
  /** What the player sent under names of its own: with the session, overlaid by what it sent with the ad. */
  customMetadata: customMetadata(
    'What the player sent under names of its own: with the session, overlaid by what it sent with the ad.',
  ),
});

/** An ad: XDM advertisingDetails. */
export type AdvertisingDetails = Static<typeof advertisingDetails>;

/** The ad break that an ad ran in: XDM advertisingPodDetails. */
export type AdvertisingPodDetails = Static<typeof advertisingPodDetails>;

/** An ad as the report has it. */
export type ReportedAd = Static<typeof adSchema>;
