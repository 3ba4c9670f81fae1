import type { Static } from 'typebox';
import * as Type from 'typebox';
import { count, flag, integer, number, seconds, text } from './field-types.ts';

/** XDM qoeDataDetails. qoeData counts on any event. */
export const qoeDataDetails = Type.Object({
  /** The session closed before main content played. */
  isDroppedBeforeStart: flag,
  /** There was buffering. */
  hasBufferImpactedStreams: flag,
  /** There was a stall. */
  hasStallImpactedStreams: flag,
  /** The bitrate changed. */
  hasBitrateChangeImpactedStreams: flag,
  /** There was an error. */
  hasErrorImpactedStreams: flag,
  /** Frames were dropped. */
  hasDroppedFrameImpactedStreams: flag,
  /** How often the player began to buffer. */
  bufferCount: count,
  /** How long the player buffered, in seconds. */
  bufferTime: seconds,
  /** How often the playhead stood still while content should have played. */
  stallCount: count,
  /** How long it stood still, in seconds. */
  stallTime: seconds,
  /** How many bitrateChange events came. */
  bitrateChangeCount: count,
  /** The average bitrate while content and ads played, as sent: kbps. Absent when none was. */
  bitrateAverage: Type.Optional(integer),
  /** The hundred that the average bitrate is in: `1200-1299`. */
  bitrateAverageBucket: text,
  /** How many frames the player dropped, as it said last. */
  droppedFrames: number,
  /** How long the content took to start, as the player said: in seconds, of milliseconds sent. */
  timeToStart: Type.Optional(integer),
  /** How many errors there were. */
  errorCount: count,
  /** The ids of the errors of the player, each once, in order. */
  playerSdkErrors: Type.Array(Type.String()),
  /** The ids of the errors whose source is `external`, each once, in order. */
  externalErrors: Type.Array(Type.String()),
});

/** How good the playback was: XDM qoeDataDetails. */
export type QoeDataDetails = Static<typeof qoeDataDetails>;
