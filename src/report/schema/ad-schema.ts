import type { Static } from 'typebox';
import * as Type from 'typebox';
import { customMetadata, flag, integer, number, seconds, text } from './field-types.ts';

const advertisingDetails = Type.Object({
  /** The id of the ad: `media.ad.id`. */
  name: Type.String(),
  /** The name of the ad: `media.ad.name`. */
  friendlyName: text,
  /** The length of the ad in seconds: `media.ad.length`. */
  length: number,
  /** The place of the ad in its break: `media.ad.podPosition`. */
  podPosition: Type.Optional(integer),
  /** The player that rendered the ad: `media.ad.playerName`. */
  playerName: text,
  /** Whose product it is about: `media.ad.advertiser`. */
  advertiser: text,
  /** The id of the campaign: `media.ad.campaignId`. */
  campaignID: text,
  /** The id of the creative: `media.ad.creativeId`. */
  creativeID: text,
  /** The address of the creative: `media.ad.creativeURL`. */
  creativeURL: text,
  /** The id of the site: `media.ad.siteId`. */
  siteID: text,
  /** The id of the placement: `media.ad.placementId`. */
  placementID: text,
  /** Always true. */
  isStarted: Type.Literal(true),
  /** An adComplete came while it was open. */
  isCompleted: flag,
  /** How long the ad played, in seconds: it may be longer than its length. */
  timePlayed: seconds,
});

const advertisingPodDetails = Type.Object({
  /** The id of the session and the index of the break: `{sid}_{index}`. */
  ID: Type.String(),
  /** The number of the break: `media.ad.podIndex`. */
  index: integer,
  /** Where the break is in the content, in seconds: `media.ad.podSecond`. */
  offset: number,
  /** The name of the break: `media.ad.podFriendlyName`. */
  friendlyName: text,
});

/** One entry of the ads of a report. */
export const adSchema = Type.Object({
  /** The ad. */
  advertisingDetails,
  /** The ad break that the ad ran in. */
  advertisingPodDetails,
  /** What the player sent under names of its own: with the session, overlaid by what it sent with the ad. */
  customMetadata,
});

/** An ad: XDM advertisingDetails. */
export type AdvertisingDetails = Static<typeof advertisingDetails>;

/** The ad break that an ad ran in: XDM advertisingPodDetails. */
export type AdvertisingPodDetails = Static<typeof advertisingPodDetails>;

/** An ad as the report has it. */
export type ReportedAd = Static<typeof adSchema>;
