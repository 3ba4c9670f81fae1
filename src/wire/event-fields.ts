import type { Static, TObject, TUnsafe } from 'typebox';
import * as Type from 'typebox';
import type { EventType } from './event-types.ts';
import {
  dispensable,
  type Field,
  type LenientField,
  mapOf,
  neededObjectOf,
  nullFromSdk,
  objectOf,
  optional,
  requiredByDoc,
  same,
} from './field.ts';

const scalar = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);
const text = same(Type.String());
const number = same(Type.Number());
const integer = same(Type.Integer());
const flag = same(Type.Boolean());
/** A reading of the player: fractional or null from SDKs, an integer in the documentation. */
const reading = { standard: Type.Union([Type.Number(), Type.Null()]), strict: Type.Integer() };

/** Where the player was, and when (doc: mc-api-sessions-req). */
export const playerTime = neededObjectOf({
  /** Seconds, may be fractional; for live content the second of the day. SDKs send null for infinity. */
  playhead: nullFromSdk(number),
  /** Milliseconds since the epoch by the client's clock. */
  ts: same(Type.Integer({ minimum: 0 })),
});

/**
 * What opens a session: the content, the player, the visitor (doc: mc-api-req-params, media-collection/parameters).
 * Standard metadata are strings, also "3" and "true".
 */
const sessionStart = {
  'media.id': text,
  'media.contentType': text,
  /** Seconds; null for a live stream without end. */
  'media.length': nullFromSdk(number),
  'analytics.trackingServer': requiredByDoc(text),
  'analytics.reportSuite': requiredByDoc(text),
  'visitor.marketingCloudOrgId': requiredByDoc(text),
  'media.playerName': requiredByDoc(text),
  'media.channel': requiredByDoc(text),
  'media.name': optional(text),
  'media.streamType': optional(text),
  'media.sdkVersion': optional(text),
  'media.libraryVersion': optional(text),
  'media.publisher': optional(text),
  'analytics.enableSSL': optional(flag),
  'media.resume': optional(flag),
  'media.downloaded': optional(flag),
  'analytics.optOutServerSideForwarding': optional(flag),
  'analytics.optOutShare': optional(flag),
  'analytics.visitorId': optional(text),
  'analytics.aid': optional(text),
  'visitor.marketingCloudUserId': optional(text),
  appInstallationId: optional(text),
  'visitor.aamLocationHint': optional(integer),
  'visitor.customerIDs': optional(mapOf(objectOf({ id: text, authState: same(Type.Enum([0, 1, 2])) }))),
  'media.show': optional(text),
  'media.season': optional(text),
  'media.episode': optional(text),
  'media.assetId': optional(text),
  'media.genre': optional(text),
  'media.firstAirDate': optional(text),
  'media.firstDigitalDate': optional(text),
  'media.rating': optional(text),
  'media.originator': optional(text),
  'media.network': optional(text),
  'media.showType': optional(text),
  'media.adLoad': optional(text),
  'media.pass.mvpd': optional(text),
  'media.pass.auth': optional(text),
  'media.dayPart': optional(text),
  'media.feed': optional(text),
  'media.streamFormat': optional(text),
  'media.artist': optional(text),
  'media.album': optional(text),
  'media.label': optional(text),
  'media.author': optional(text),
  'media.station': optional(text),
};

/** adBreakStart (doc: mc-api-req-params). `podIndex` may be -1, a post-roll; `podSecond` is in seconds. */
const adBreakStart = {
  'media.ad.podIndex': integer,
  'media.ad.podSecond': dispensable(number),
  'media.ad.podFriendlyName': optional(text),
};

/** adStart (doc: mc-api-req-params). */
const adStart = {
  'media.ad.id': text,
  'media.ad.podPosition': dispensable(integer),
  /** Seconds; null when it is unknown. */
  'media.ad.length': dispensable(nullFromSdk(number)),
  'media.ad.playerName': requiredByDoc(text),
  'media.ad.name': optional(text),
  'media.ad.advertiser': optional(text),
  'media.ad.campaignId': optional(text),
  'media.ad.creativeId': optional(text),
  'media.ad.siteId': optional(text),
  'media.ad.creativeURL': optional(text),
  'media.ad.placementId': optional(text),
  'media.ad.podFriendlyName': optional(text),
};

/** chapterStart (doc: mc-api-req-params). `offset` and `length` are in seconds. */
const chapterStart = {
  'media.chapter.index': integer,
  'media.chapter.offset': dispensable(number),
  'media.chapter.length': dispensable(nullFromSdk(number)),
  'media.chapter.friendlyName': optional(text),
};

/** stateStart and stateEnd (doc: media-collection/parameters). */
const playerState = {
  'media.state.name': { ...text, strict: Type.String({ pattern: '^[a-zA-Z0-9_.]{1,64}$' }) },
};

/** The documented place of an error's id and source; the SDKs put both in qoeData. */
const documentedError = objectOf({ 'media.errorId': optional(text), 'media.errorSource': optional(text) });

const noParams = objectOf({});

/** `params` of each event type: optional where no key of it is required. */
export const params = {
  sessionStart: neededObjectOf(sessionStart),
  play: optional(noParams),
  ping: optional(noParams),
  pauseStart: optional(noParams),
  bufferStart: optional(noParams),
  bitrateChange: optional(noParams),
  error: optional({ standard: documentedError.standard, strict: noParams.strict }),
  adBreakStart: neededObjectOf(adBreakStart),
  adBreakComplete: optional(noParams),
  adStart: neededObjectOf(adStart),
  adComplete: optional(noParams),
  adSkip: optional(noParams),
  chapterStart: neededObjectOf(chapterStart),
  chapterComplete: optional(noParams),
  chapterSkip: optional(noParams),
  stateStart: neededObjectOf(playerState),
  stateEnd: neededObjectOf(playerState),
  sessionComplete: optional(noParams),
  sessionEnd: optional(noParams),
} satisfies Readonly<Record<EventType, LenientField>>;

const qoe = {
  'media.qoe.bitrate': optional(reading),
  'media.qoe.droppedFrames': optional(reading),
  'media.qoe.framesPerSecond': optional(reading),
  /** Milliseconds. */
  'media.qoe.timeToStart': optional(reading),
};

/** `qoeData` of every event but error. */
export const qoeData = optional(openToScalars(objectOf(qoe)));

/** `qoeData` of an error, where the SDKs put its id and source. */
export const errorQoeData = requiredByDoc(
  openToScalars(
    objectOf({ ...qoe, 'media.qoe.errorID': requiredByDoc(text), 'media.qoe.errorSource': requiredByDoc(text) }),
  ),
);

/** `customMetadata` of any event: strings under names of the user's choice. */
export const customMetadata = optional({
  standard: mapOf(text).standard,
  strict: Type.Unsafe<Record<string, string>>(
    Type.Object({}, { propertyNames: { pattern: '^[a-zA-Z0-9_.]+$' }, additionalProperties: Type.String() }),
  ),
});

/** In standard any other key with a scalar is kept: the documented sample body itself has `param1`. */
function openToScalars<A extends TObject, B extends TObject>(
  field: Field<A, B>,
): Field<TUnsafe<Static<A> & Record<string, string | number | boolean | null>>, B> {
  return {
    strict: field.strict,
    standard: Type.Unsafe(Type.Object(field.standard.properties, { additionalProperties: scalar })),
  };
}
