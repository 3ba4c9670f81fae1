import { objectOf, optional, requiredByDoc } from '../../wire/field.ts';
import { flag, number, reading, text } from './field-types.ts';

/** What was started, by whom and where it plays (doc: endpoints/media; XDM sessionDetails). `length` is in seconds. */
export const sessionDetails = objectOf({
  name: text,
  contentType: text,
  length: reading,
  playerName: requiredByDoc(text),
  channel: requiredByDoc(text),
  hasResume: optional(flag),
  isDownloaded: optional(flag),
  pccr: optional(flag),
  friendlyName: optional(text),
  streamType: optional(text),
  appVersion: optional(text),
  adLoad: optional(text),
  album: optional(text),
  artist: optional(text),
  assetID: optional(text),
  author: optional(text),
  authorized: optional(text),
  dayPart: optional(text),
  episode: optional(text),
  feed: optional(text),
  firstAirDate: optional(text),
  firstDigitalDate: optional(text),
  genre: optional(text),
  label: optional(text),
  mvpd: optional(text),
  network: optional(text),
  originator: optional(text),
  publisher: optional(text),
  rating: optional(text),
  season: optional(text),
  segment: optional(text),
  show: optional(text),
  showType: optional(text),
  station: optional(text),
  streamFormat: optional(text),
});

/** An ad break (doc: endpoints/media; XDM advertisingPodDetails). `offset` is in seconds. */
export const advertisingPodDetails = objectOf({
  index: requiredByDoc(number),
  offset: requiredByDoc(number),
  friendlyName: optional(text),
});

/** An ad (doc: endpoints/media; XDM advertisingDetails). `length` is in seconds. */
export const advertisingDetails = objectOf({
  name: text,
  podPosition: number,
  length: reading,
  playerName: requiredByDoc(text),
  friendlyName: optional(text),
  advertiser: optional(text),
  campaignID: optional(text),
  creativeID: optional(text),
  creativeURL: optional(text),
  placementID: optional(text),
  siteID: optional(text),
});

/** A chapter (doc: endpoints/media; XDM chapterDetails). `offset` and `length` are in seconds. */
export const chapterDetails = objectOf({
  index: number,
  offset: number,
  length: reading,
  friendlyName: optional(text),
});
