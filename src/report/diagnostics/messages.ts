import { pluralize } from '../../common/text.ts';
import type { DiagnosticCode } from '../schema/diagnostic-schema.ts';

/** All occurrences of one diagnostic, in short. */
interface Occurrences {
  readonly count: number;
  /** What the first occurrence is about: the id of an ad, the name of a state, a key. */
  readonly subject: string;
  /** The greatest amount of all occurrences, in the unit of the diagnostic; whatever its sign. */
  readonly amount: number;
}

/** The message of each diagnostic (decided here): one sentence that a player developer can act on. */
export const MESSAGES: Readonly<Record<DiagnosticCode, (occurrences: Occurrences) => string>> = {
  'events-left-out': ({ amount }) =>
    `The session holds more than can be read at a time, so its last ${pluralize(amount, 'event')} count for nothing here; ` +
    'no player sends as much: look at what it repeats in its events.',
  'ad-outside-break': ({ count, subject }) =>
    `${pluralize(count, 'adStart')} outside an ad break (first ad "${subject}"): the ad is ignored and its time is ` +
    'counted as main content, and as a stall where the playhead stood still; send adBreakStart first.',
  'ts-not-milliseconds': ({ count, subject }) =>
    `${pluralize(count, 'event')} with a ts in ${subject}, so every duration is wrong; send ts in milliseconds since ` +
    '1970.',
  'no-main-play': ({ amount }) =>
    `Content ran (the playhead rose by up to ${inSeconds(amount)} between two events) but no play came outside an ad ` +
    'break, so nothing was counted; send play when the main content starts.',
  'ad-not-closed': ({ count, subject }) =>
    `${pluralize(count, 'ad')} still open when the next ad, the end of the break or the end of the session came ` +
    `(first ad "${subject}"), so not completed; send adComplete or adSkip.`,
  'break-not-closed': ({ count, subject }) =>
    `${pluralize(count, 'ad break')} still open when content, the next break or the end of the session came (first ` +
    `pod ${subject}), and the time since its last ad counts as nothing; send adBreakComplete.`,
  'ad-while-paused': ({ count, subject }) =>
    `${pluralize(count, 'ad')} started in a pause and saw no play (first ad "${subject}"), so the time went to ` +
    'pauseTime; send play when the ad starts to run.',
  'play-before-preroll': ({ amount }) =>
    `A play came ${amount} ms before the pre-roll's adBreakStart, so a content start was counted before the ` +
    'pre-roll; send adBreakStart and adStart before the first play.',
  'end-without-start': ({ count, subject }) =>
    `${pluralize(count, 'event')} closed nothing and was ignored (first ${subject}); send the matching start first, ` +
    'and each end once.',
  'chapter-overlap': ({ count, subject }) =>
    `${pluralize(count, 'chapterStart')} came with a chapter open (first open chapter ${subject}), which was closed ` +
    'uncompleted; send chapterComplete or chapterSkip before the next chapterStart.',
  'complete-without-play': () =>
    'sessionComplete came though no play had come outside an ad break: the session is completed with no content ' +
    'start; send play when the main content starts.',
  'play-after-complete': ({ count }) =>
    `${pluralize(count, 'play')} after sessionComplete: what is watched again counts on in the same session, which is ` +
    'completed already; start another session for it.',
  'missing-pings': ({ count, amount }) =>
    `${pluralize(count, 'gap')} without any event, the longest of ${inSeconds(amount)}; a ping is due every 10 s ` +
    "(50 s for downloaded content), also in a pause: Adobe's SDKs send it themselves, and browsers let a tab in the " +
    'background do so once a minute, so there is nothing to do there.',
  'clock-jump': ({ count, amount }) =>
    `${pluralize(count, 'jump')} of the client's clock, the largest of ${signed(amount)}: the time across it is counted ` +
    "by when the events arrived; Adobe's SDKs take ts from the clock of the device, so there is nothing to do there, " +
    'and another client takes it from one that only moves forward.',
  'ts-before-start': ({ count, amount }) =>
    `${pluralize(count, 'event')} with a ts below that of sessionStart, by up to ${inSeconds(amount)}; take every ts ` +
    'from the same clock, and send sessionStart first.',
  'late-event': ({ count, amount }) =>
    `${pluralize(count, 'event')} arrived more than 5 s behind a later one, by up to ${inSeconds(amount)}: beyond ` +
    "the hosted service's ordering window, but counted in place; Adobe's SDKs do this where they send again what the " +
    'network lost, so there is nothing to do there, and another client sends events as they happen.',
  'after-session-end': ({ count, subject }) =>
    `${pluralize(count, 'event')} after sessionEnd ignored (first ${subject}); send sessionEnd last.`,
  'playhead-beyond-length': ({ count, amount }) =>
    `${pluralize(count, 'event')} with a playhead beyond media.length, by up to ${inSeconds(amount)}; send both in ` +
    'seconds, and the length of the content without its ads.',
  'playhead-frozen': ({ amount }) =>
    `The playhead never moved while the content played, so ${inSeconds(amount)} count as stall and not as content; ` +
    'send the current playhead with every event.',
  'too-many-states': ({ count, subject }) =>
    `${pluralize(count, 'stateStart')} beyond the ten states that a session may have (first "${subject}") was ` +
    'dropped; track at most ten states.',
  'unknown-qoe-key': ({ count, subject }) =>
    `${pluralize(count, 'key')} of qoeData not reported (first "${subject}"); use media.qoe.bitrate, droppedFrames, ` +
    'framesPerSecond, timeToStart, errorID and errorSource, each with its prefix.',
  'unusable-qoe-value': ({ count, subject }) =>
    `${pluralize(count, 'value')} of qoeData below 0 or beyond 2^53 skipped (first of "${subject}"); send what the ` +
    'player measured, or leave the key out.',
  'qoe-in-params': ({ count, subject }) =>
    `${pluralize(count, 'media.qoe key')} in params not read (first "${subject}"); send it in qoeData.`,
  'metadata-not-repeated': ({ amount }) =>
    `The customMetadata of the session would take ${amount} characters in its ads and chapters, more than a million, ` +
    'so those have their own only; send less of it with sessionStart.',
  'params-on-ping': ({ count }) =>
    `${pluralize(count, 'ping')} with params, which a ping does not have; leave them out.`,
  'bitrate-change-without-value': ({ count }) =>
    `${pluralize(count, 'bitrateChange')} without a number of 0 or more in qoeData media.qoe.bitrate: counted, but ` +
    'the average bitrate stays as it was; send the new bitrate with it.',
  'restart-without-resume': ({ amount }) =>
    `The session starts at playhead ${amount} without media.resume, so it is no resume; where Adobe's JavaScript SDK ` +
    'restarted by itself (after 30 minutes idle, or 24 hours) there is nothing to do, and where a viewer continues the ' +
    'player sets media.resume to true.',
  'duplicate-state-start': ({ count, subject }) =>
    `${pluralize(count, 'stateStart')} of a state that was on already (first "${subject}") ignored; send stateEnd in ` +
    'between.',
  'state-end-without-start': ({ count, subject }) =>
    `${pluralize(count, 'stateEnd')} of a state that was not on (first "${subject}") ignored; send stateStart first.`,
  'chapter-not-closed': ({ count, subject }) =>
    `${pluralize(count, 'chapter')} open at the end of the session (chapter ${subject}), so not completed; send ` +
    'chapterComplete or chapterSkip.',
  'equal-ts': ({ count }) =>
    `${pluralize(count, 'event')} with the same ts as the one before; Adobe's SDKs do this themselves, so there is ` +
    'nothing to do there, and another client keeps 1 ms between events, so that their order is certain.',
  'out-of-order': ({ count, amount }) =>
    `${pluralize(count, 'event')} arrived behind a later one, by up to ${amount} ms: counted in place; Adobe's SDKs ` +
    'post several at once, so there is nothing to do there, and another client sends one event after the other.',
  'playhead-unknown': ({ count }) =>
    `${pluralize(count, 'event')} with a playhead that is null or negative; send the current playhead in seconds, ` +
    'for live content the second of the day.',
  'no-length': () =>
    'media.length is missing or not above 0, so there are no progress markers and no averageMinuteAudience; send ' +
    'the length in seconds, for live content 86400.',
};

/** Seconds with their sign: forward or back. */
function signed(amount: number): string {
  return `${amount > 0 ? '+' : ''}${inSeconds(amount)}`;
}

function inSeconds(amount: number): string {
  return `${Number(amount.toFixed(1))} s`;
}
