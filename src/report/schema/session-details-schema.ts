import type { Static } from 'typebox';
import * as Type from 'typebox';
import { count, flag, number, requiredText, seconds, text, texts } from './field-types.ts';

/** XDM sessionDetails. Its texts and its length are params of the sessionStart, absent when it had none. */
export const sessionDetails = Type.Object(
  {
    /** The id of the session. */
    ID: requiredText('The id of the session.'),
    /** The id of the content: `media.id`. */
    name: text('The id of the content: `media.id`.'),
    /** The title of the content: `media.name`. */
    friendlyName: text('The title of the content: `media.name`.'),
    /** The length of the content in seconds: `media.length`. Absent when it has none. */
    length: number('The length of the content in seconds: `media.length`. Absent when it has none.'),
    /** How the content is delivered, as `vod` or `live`: `media.contentType`. */
    contentType: text('How the content is delivered, as `vod` or `live`: `media.contentType`.'),
    /** `video` or `audio`: `media.streamType`, by default `video`. */
    streamType: requiredText('`video` or `audio`: `media.streamType`, by default `video`.'),
    /** The name of the player: `media.playerName`. */
    playerName: text('The name of the player: `media.playerName`.'),
    /** The site or app that plays: `media.channel`. */
    channel: text('The site or app that plays: `media.channel`.'),
    /** The version of the app: `media.sdkVersion`. */
    appVersion: text('The version of the app: `media.sdkVersion`.'),
    /** The id of the asset: `media.assetId`. */
    assetID: text('The id of the asset: `media.assetId`.'),
    /** The season: `media.season`. */
    season: text('The season: `media.season`.'),
    /** The episode: `media.episode`. */
    episode: text('The episode: `media.episode`.'),
    /** The show: `media.show`. */
    show: text('The show: `media.show`.'),
    /** The date it was first on television: `media.firstAirDate`. */
    firstAirDate: text('The date it was first on television: `media.firstAirDate`.'),
    /** The date it was first online: `media.firstDigitalDate`. */
    firstDigitalDate: text('The date it was first online: `media.firstDigitalDate`.'),
    /** The parental rating: `media.rating`. */
    rating: text('The parental rating: `media.rating`.'),
    /** Who made it: `media.originator`. */
    originator: text('Who made it: `media.originator`.'),
    /** The network or channel it belongs to: `media.network`. */
    network: text('The network or channel it belongs to: `media.network`.'),
    /** The provider the viewer subscribes to: `media.pass.mvpd`. */
    mvpd: text('The provider the viewer subscribes to: `media.pass.mvpd`.'),
    /** Whether that provider authorized the viewer: `media.pass.auth`. */
    authorized: text('Whether that provider authorized the viewer: `media.pass.auth`.'),
    /** The part of the day it was on: `media.dayPart`. */
    dayPart: text('The part of the day it was on: `media.dayPart`.'),
    /** The feed: `media.feed`. */
    feed: text('The feed: `media.feed`.'),
    /** The kind of ads it is loaded with: `media.adLoad`. */
    adLoad: text('The kind of ads it is loaded with: `media.adLoad`.'),
    /** The format of the stream, as `HD`: `media.streamFormat`. */
    streamFormat: text('The format of the stream, as `HD`: `media.streamFormat`.'),
    /** The type of the show: `media.showType`. */
    showType: text('The type of the show: `media.showType`.'),
    /** The artist: `media.artist`. */
    artist: text('The artist: `media.artist`.'),
    /** The album: `media.album`. */
    album: text('The album: `media.album`.'),
    /** The record label: `media.label`. */
    label: text('The record label: `media.label`.'),
    /** The author: `media.author`. */
    author: text('The author: `media.author`.'),
    /** The radio station: `media.station`. */
    station: text('The radio station: `media.station`.'),
    /** The publisher: `media.publisher`. */
    publisher: text('The publisher: `media.publisher`.'),
    /** The genres, separated by commas: `media.genre`. */
    genre: text('The genres, separated by commas: `media.genre`.'),
    /** The genres one by one, without the spaces around them. */
    genreList: Type.Optional(texts('The genres one by one, without the spaces around them.')),
    /** Always true: each session is a view. */
    isViewed: Type.Literal(true, { description: 'Always true: each session is a view.' }),
    /** Main content played: a play came outside an ad break. */
    isPlayed: flag('Main content played: a play came outside an ad break.'),
    /** A sessionComplete came. */
    isCompleted: flag('A sessionComplete came.'),
    /** Downloaded content, whose events came all at once. */
    isDownloaded: flag('Downloaded content, whose events came all at once.'),
    /** The viewer went on where an earlier session had ended: `media.resume`. */
    hasResume: flag('The viewer went on where an earlier session had ended: `media.resume`.'),
    /** A segment of the content was viewed: as `isPlayed`. */
    hasSegmentView: flag('A segment of the content was viewed: as `isPlayed`.'),
    /** There was a pause. */
    hasPauseImpactedStreams: flag('There was a pause.'),
    /** The playhead reached 10 % of the length, played or jumped to. */
    hasProgress10: flag('The playhead reached 10 % of the length, played or jumped to.'),
    /** The playhead reached 25 % of the length, played or jumped to. */
    hasProgress25: flag('The playhead reached 25 % of the length, played or jumped to.'),
    /** The playhead reached 50 % of the length, played or jumped to. */
    hasProgress50: flag('The playhead reached 50 % of the length, played or jumped to.'),
    /** The playhead reached 75 % of the length, played or jumped to. */
    hasProgress75: flag('The playhead reached 75 % of the length, played or jumped to.'),
    /** The playhead reached 95 % of the length, played or jumped to. */
    hasProgress95: flag('The playhead reached 95 % of the length, played or jumped to.'),
    /** How long main content played, in seconds. */
    timePlayed: seconds('How long main content played, in seconds.'),
    /** How long content and ads played, in seconds. */
    totalTimePlayed: seconds('How long content and ads played, in seconds.'),
    /** How much of the content was viewed, in seconds of it: what was viewed twice counts once. */
    uniqueTimePlayed: seconds(
      'How much of the content was viewed, in seconds of it: what was viewed twice counts once.',
    ),
    /** How long it was paused, in seconds. */
    pauseTime: seconds('How long it was paused, in seconds.'),
    /** How often it was paused: one continuous pause is one. */
    pauseCount: count('How often it was paused: one continuous pause is one.'),
    /** How many ads started. */
    adCount: count('How many ads started.'),
    /** How many chapters started. */
    chapterCount: count('How many chapters started.'),
    /** 1, and 1 more for each 1800 seconds of `totalTimePlayed`. */
    estimatedStreams: count('1, and 1 more for each 1800 seconds of `totalTimePlayed`.'),
    /** The time from the last event to the close, in seconds: 0 when the player ended the session. */
    secondsSinceLastCall: seconds(
      'The time from the last event to the close, in seconds: 0 when the player ended the session.',
    ),
    /** `timePlayed` divided by the length, not rounded: the average number of viewers of a minute. */
    averageMinuteAudience: number(
      '`timePlayed` divided by the length, not rounded: the average number of viewers of a minute.',
    ),
    /** The part of the content that was played, in minutes: `[0-12]`. */
    segment: text('The part of the content that was played, in minutes: `[0-12]`.'),
  },
  { description: 'What was watched and for how long.' },
);

/** What was watched and for how long: XDM sessionDetails. */
export type SessionDetails = Static<typeof sessionDetails>;
