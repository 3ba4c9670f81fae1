import type { Static } from 'typebox';
import * as Type from 'typebox';
import { count, flag, integer, number, seconds, text, texts } from './field-types.ts';

/** XDM qoeDataDetails. qoeData counts on any event. */
export const qoeDataDetails = Type.Object(
  {
    /** The session closed before main content played. */
    isDroppedBeforeStart: flag('The session closed before main content played.'),
    /** There was buffering. */
    hasBufferImpactedStreams: flag('There was buffering.'),
    /** There was a stall. */
    hasStallImpactedStreams: flag('There was a stall.'),
    /** The bitrate changed. */
    hasBitrateChangeImpactedStreams: flag('The bitrate changed.'),
    /** There was an error. */
    hasErrorImpactedStreams: flag('There was an error.'),
    /** Frames were dropped. */
    hasDroppedFrameImpactedStreams: flag('Frames were dropped.'),
    /** How often the player began to buffer. */
    bufferCount: count('How often the player began to buffer.'),
    /** How long the player buffered, in seconds. */
    bufferTime: seconds('How long the player buffered, in seconds.'),
    /** How often the playhead stood still while content should have played. */
    stallCount: count('How often the playhead stood still while content should have played.'),
    /** How long it stood still, in seconds. */
    stallTime: seconds('How long it stood still, in seconds.'),
    /** How many bitrateChange events came. */
    bitrateChangeCount: count('How many bitrateChange events came.'),
    /** The average bitrate while content and ads played, as sent: kbps. Absent when none was. */
    bitrateAverage: Type.Optional(
      integer('The average bitrate while content and ads played, as sent: kbps. Absent when none was.'),
    ),
    /** The hundred that the average bitrate is in: `1200-1299`. */
    bitrateAverageBucket: text('The hundred that the average bitrate is in: `1200-1299`.'),
    /** How many frames the player dropped, as it said last. */
    droppedFrames: number('How many frames the player dropped, as it said last.'),
    /** How long the content took to start, as the player said: in seconds, of milliseconds sent. */
    timeToStart: Type.Optional(
      integer('How long the content took to start, as the player said: in seconds, of milliseconds sent.'),
    ),
    /** How many errors there were. */
    errorCount: count('How many errors there were.'),
    /** The ids of the errors of the player, each once, in order. */
    playerSdkErrors: texts('The ids of the errors of the player, each once, in order.'),
    /** The ids of the errors whose source is `external`, each once, in order. */
    externalErrors: texts('The ids of the errors whose source is `external`, each once, in order.'),
  },
  { description: 'How good the playback was.' },
);

/** How good the playback was: XDM qoeDataDetails. */
export type QoeDataDetails = Static<typeof qoeDataDetails>;
