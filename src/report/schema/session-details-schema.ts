import type { Static } from 'typebox';
import * as Type from 'typebox';
import { count, flag, number, seconds, text } from './field-types.ts';

/** XDM sessionDetails. Its texts and its length are params of the sessionStart, absent when it had none. */
export const sessionDetails = Type.Object({
  /** The id of the session. */
  ID: Type.String(),
  /** The id of the content: `media.id`. */
  name: text,
  /** The title of the content: `media.name`. */
  friendlyName: text,
  /** The length of the content in seconds: `media.length`. Absent when it has none. */
  length: number,
  /** How the content is delivered, as `vod` or `live`: `media.contentType`. */
  contentType: text,
  /** `video` or `audio`: `media.streamType`, by default `video`. */
  streamType: Type.String(),
  /** The name of the player: `media.playerName`. */
  playerName: text,
  /** The site or app that plays: `media.channel`. */
  channel: text,
  /** The version of the app: `media.sdkVersion`. */
  appVersion: text,
  /** The id of the asset: `media.assetId`. */
  assetID: text,
  /** The season: `media.season`. */
  season: text,
  /** The episode: `media.episode`. */
  episode: text,
  /** The show: `media.show`. */
  show: text,
  /** The date it was first on television: `media.firstAirDate`. */
  firstAirDate: text,
  /** The date it was first online: `media.firstDigitalDate`. */
  firstDigitalDate: text,
  /** The parental rating: `media.rating`. */
  rating: text,
  /** Who made it: `media.originator`. */
  originator: text,
  /** The network or channel it belongs to: `media.network`. */
  network: text,
  /** The provider the viewer subscribes to: `media.pass.mvpd`. */
  mvpd: text,
  /** Whether that provider authorized the viewer: `media.pass.auth`. */
  authorized: text,
  /** The part of the day it was on: `media.dayPart`. */
  dayPart: text,
  /** The feed: `media.feed`. */
  feed: text,
  /** The kind of ads it is loaded with: `media.adLoad`. */
  adLoad: text,
  /** The format of the stream, as `HD`: `media.streamFormat`. */
  streamFormat: text,
  /** The type of the show: `media.showType`. */
  showType: text,
  /** The artist: `media.artist`. */
  artist: text,
  /** The album: `media.album`. */
  album: text,
  /** The record label: `media.label`. */
  label: text,
  /** The author: `media.author`. */
  author: text,
  /** The radio station: `media.station`. */
  station: text,
  /** The publisher: `media.publisher`. */
  publisher: text,
  /** The genres, separated by commas: `media.genre`. */
  genre: text,
  /** The genres one by one, without the spaces around them. */
  genreList: Type.Optional(Type.Array(Type.String())),
  /** Always true: each session is a view. */
  isViewed: Type.Literal(true),
  /** Main content played: a play came outside an ad break. */
  isPlayed: flag,
  /** A sessionComplete came. */
  isCompleted: flag,
  /** Downloaded content, whose events came all at once. */
  isDownloaded: flag,
  /** The viewer went on where an earlier session had ended: `media.resume`. */
  hasResume: flag,
  /** A segment of the content was viewed: as `isPlayed`. */
  hasSegmentView: flag,
  /** There was a pause. */
  hasPauseImpactedStreams: flag,
  /** The playhead reached 10 % of the length, played or jumped to. */
  hasProgress10: flag,
  /** The playhead reached 25 % of the length, played or jumped to. */
  hasProgress25: flag,
  /** The playhead reached 50 % of the length, played or jumped to. */
  hasProgress50: flag,
  /** The playhead reached 75 % of the length, played or jumped to. */
  hasProgress75: flag,
  /** The playhead reached 95 % of the length, played or jumped to. */
  hasProgress95: flag,
  /** How long main content played, in seconds. */
  timePlayed: seconds,
  /** How long content and ads played, in seconds. */
  totalTimePlayed: seconds,
  /** How much of the content was viewed, in seconds of it: what was viewed twice counts once. */
  uniqueTimePlayed: seconds,
  /** How long it was paused, in seconds. */
  pauseTime: seconds,
  /** How often it was paused: one continuous pause is one. */
  pauseCount: count,
  /** How many ads started. */
  adCount: count,
  /** How many chapters started. */
  chapterCount: count,
  /** 1, and 1 more for each 1800 seconds of `totalTimePlayed`. */
  estimatedStreams: count,
  /** The time from the last event to the close, in seconds: 0 when the player ended the session. */
  secondsSinceLastCall: seconds,
  /** `timePlayed` divided by the length, not rounded: the average number of viewers of a minute. */
  averageMinuteAudience: number,
  /** The part of the content that was played, in minutes: `[0-12]`. */
  segment: text,
});

/** What was watched and for how long: XDM sessionDetails. */
export type SessionDetails = Static<typeof sessionDetails>;
