import type { Static } from 'typebox';
import * as Type from 'typebox';
import { count, flag, integer, number, seconds, text } from './field-types.ts';

/** XDM sessionDetails. */
export const sessionDetails = Type.Object({
  ID: Type.String(),
  name: text,
  friendlyName: text,
  /** Seconds. */
  length: number,
  contentType: text,
  streamType: Type.String(),
  playerName: text,
  channel: text,
  appVersion: text,
  assetID: text,
  season: text,
  episode: text,
  show: text,
  firstAirDate: text,
  firstDigitalDate: text,
  rating: text,
  originator: text,
  network: text,
  mvpd: text,
  authorized: text,
  dayPart: text,
  feed: text,
  adLoad: text,
  streamFormat: text,
  showType: text,
  artist: text,
  album: text,
  label: text,
  author: text,
  station: text,
  publisher: text,
  genre: text,
  genreList: Type.Optional(Type.Array(Type.String())),
  isViewed: Type.Literal(true),
  isPlayed: flag,
  isCompleted: flag,
  isDownloaded: flag,
  hasResume: flag,
  hasSegmentView: flag,
  hasPauseImpactedStreams: flag,
  hasProgress10: flag,
  hasProgress25: flag,
  hasProgress50: flag,
  hasProgress75: flag,
  hasProgress95: flag,
  timePlayed: seconds,
  totalTimePlayed: seconds,
  uniqueTimePlayed: seconds,
  pauseTime: seconds,
  pauseCount: count,
  adCount: count,
  chapterCount: count,
  estimatedStreams: count,
  secondsSinceLastCall: seconds,
  /** Viewers for each moment of the content: not rounded. */
  averageMinuteAudience: number,
  /** `[a-b]`, in minutes. */
  segment: text,
});

const advertisingDetails = Type.Object({
  name: Type.String(),
  friendlyName: text,
  /** Seconds. */
  length: number,
  podPosition: integer,
  playerName: text,
  advertiser: text,
  campaignID: text,
  creativeID: text,
  creativeURL: text,
  siteID: text,
  placementID: text,
  isStarted: Type.Literal(true),
  isCompleted: flag,
  timePlayed: seconds,
});

const advertisingPodDetails = Type.Object({
  ID: Type.String(),
  index: integer,
  /** Seconds of the content. */
  offset: Type.Number(),
  friendlyName: text,
});

const chapterDetails = Type.Object({
  ID: Type.String(),
  friendlyName: text,
  index: integer,
  /** Seconds of the content. */
  offset: Type.Number(),
  /** Seconds. */
  length: number,
  isStarted: Type.Literal(true),
  isCompleted: flag,
  timePlayed: seconds,
});

/** Custom metadata under any names, and a null prototype, for names like `constructor` are real. */
export const customMetadata = Type.Unsafe<Record<string, string>>(
  Type.Object({}, { additionalProperties: Type.String() }),
);

/** One ad and the break it ran in. */
export const adSchema = Type.Object({ advertisingDetails, advertisingPodDetails, customMetadata });

/** One chapter. */
export const chapterSchema = Type.Object({ chapterDetails, customMetadata });

/** What was watched and for how long. */
export type SessionDetails = Static<typeof sessionDetails>;

/** One ad. */
export type AdvertisingDetails = Static<typeof advertisingDetails>;

/** The break that an ad ran in. */
export type AdvertisingPodDetails = Static<typeof advertisingPodDetails>;

/** One chapter. */
export type ChapterDetails = Static<typeof chapterDetails>;

/** An ad as the report has it. */
export type ReportedAd = Static<typeof adSchema>;

/** A chapter as the report has it. */
export type ReportedChapter = Static<typeof chapterSchema>;

/** Custom metadata as the report has it. */
export type CustomMetadata = Static<typeof customMetadata>;
