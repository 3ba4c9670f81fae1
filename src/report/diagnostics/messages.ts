import { pluralize } from '../../common/text.ts';

/** How much a diagnostic matters: numbers are lost; numbers may mislead; noteworthy, but usual. */
export type Severity = 'error' | 'warning' | 'info';

/** What was seen of one kind of diagnostic, for its message. */
interface Seen {
  readonly count: number;
  /** What the first occurrence is about: the id of an ad, the name of a state, a key. */
  readonly subject: string;
  /** The greatest amount of all occurrences, in the unit of the diagnostic. */
  readonly most: number;
}

interface DiagnosticKind {
  readonly severity: Severity;
  /** One sentence that a player developer can act on. */
  readonly message: (seen: Seen) => string;
}

/** Every diagnostic there is (decided here), in the order in which those of one event are listed. */
export const DIAGNOSTICS = {
  'ad-outside-break': {
    severity: 'error',
    message: ({ count, subject }) =>
      `${pluralize(count, 'adStart')} outside an ad break (first ad "${subject}"): the ad is ignored and its time is ` +
      'counted as content; send adBreakStart first.',
  },
  'no-main-play': {
    severity: 'error',
    message: ({ most }) =>
      `Content ran (the playhead rose by up to ${inSeconds(most)} between two events) but no play came outside an ad ` +
      'break, so nothing was counted; send play when the main content starts.',
  },
  'ad-not-closed': {
    severity: 'warning',
    message: ({ count, subject }) =>
      `${pluralize(count, 'ad')} still open when the next ad, the end of the break or the end of the session came ` +
      `(first ad "${subject}"), so not completed; send adComplete or adSkip.`,
  },
  'break-not-closed': {
    severity: 'warning',
    message: ({ count, subject }) =>
      `${pluralize(count, 'ad break')} still open when content, the next break or the end of the session came (first ` +
      `pod ${subject}), and the time since its last ad counts as nothing; send adBreakComplete.`,
  },
  'ad-while-paused': {
    severity: 'warning',
    message: ({ count, subject }) =>
      `${pluralize(count, 'ad')} started in a pause and saw no play (first ad "${subject}"), so the time went to ` +
      'pauseTime; send play when the ad starts to run.',
  },
  'play-before-preroll': {
    severity: 'warning',
    message: ({ most }) =>
      `A play came ${most} ms before the pre-roll's adBreakStart, so a content start was counted before the pre-roll; ` +
      'send adBreakStart and adStart before the first play.',
  },
  'end-without-start': {
    severity: 'warning',
    message: ({ count, subject }) =>
      `${pluralize(count, 'event')} closed nothing and was ignored (first ${subject}); send the matching start first, ` +
      'and each end once.',
  },
  'chapter-overlap': {
    severity: 'warning',
    message: ({ count, subject }) =>
      `${pluralize(count, 'chapterStart')} came with a chapter open (first open chapter ${subject}), which was closed ` +
      'uncompleted; send chapterComplete or chapterSkip before the next chapterStart.',
  },
  'complete-without-play': {
    severity: 'warning',
    message: () =>
      'sessionComplete came though no play had come outside an ad break: the session is completed with no content ' +
      'start; send play when the main content starts.',
  },
  'missing-pings': {
    severity: 'warning',
    message: ({ count, most }) =>
      `${pluralize(count, 'gap')} without any event, the longest of ${inSeconds(most)}; a ping is due every 10 s (50 s ` +
      'for downloaded content), also in a pause.',
  },
  'clock-jump': {
    severity: 'warning',
    message: ({ count, most }) =>
      `${pluralize(count, 'jump')} of the client's clock, the largest of ${inSeconds(most)}: more than the idle ` +
      'timeout, so the time between the arrivals was counted instead; take ts from a clock that only moves forward.',
  },
  'ts-before-start': {
    severity: 'warning',
    message: ({ count, most }) =>
      `${pluralize(count, 'event')} with a ts below that of sessionStart, by up to ${inSeconds(most)}; take every ts ` +
      'from the same clock.',
  },
  'late-event': {
    severity: 'warning',
    message: ({ count, most }) =>
      `${pluralize(count, 'event')} arrived more than 5 s behind a later one, by up to ${inSeconds(most)}: beyond the ` +
      "hosted service's ordering window, but counted in place; send events as they happen.",
  },
  'after-session-end': {
    severity: 'warning',
    message: ({ count, subject }) =>
      `${pluralize(count, 'event')} after sessionEnd ignored (first ${subject}); send sessionEnd last.`,
  },
  'playhead-beyond-length': {
    severity: 'warning',
    message: ({ count, most }) =>
      `${pluralize(count, 'event')} with a playhead beyond media.length, by up to ${inSeconds(most)}; send both in ` +
      'seconds, and the length of the content without its ads.',
  },
  'playhead-frozen': {
    severity: 'warning',
    message: ({ most }) =>
      `The playhead never moved while the content played, so ${inSeconds(most)} count as stall and not as content; ` +
      'send the current playhead with every event.',
  },
  'too-many-states': {
    severity: 'warning',
    message: ({ count, subject }) =>
      `${pluralize(count, 'stateStart')} beyond the ten states that a session may have (first "${subject}") was ` +
      'dropped; track at most ten states.',
  },
  'unknown-qoe-key': {
    severity: 'warning',
    message: ({ count, subject }) =>
      `${pluralize(count, 'key')} of qoeData not reported (first "${subject}"); use media.qoe.bitrate, droppedFrames, ` +
      'framesPerSecond, timeToStart, errorID and errorSource, each with its prefix.',
  },
  'unusable-qoe-value': {
    severity: 'warning',
    message: ({ count, subject }) =>
      `${pluralize(count, 'value')} of qoeData below 0 or beyond 2^53 skipped (first of "${subject}"); send what the ` +
      'player measured, or leave the key out.',
  },
  'qoe-in-params': {
    severity: 'warning',
    message: ({ count, subject }) =>
      `${pluralize(count, 'media.qoe key')} in params not read (first "${subject}"); send it in qoeData.`,
  },
  'metadata-not-repeated': {
    severity: 'warning',
    message: ({ most }) =>
      `The customMetadata of the session would take ${most} characters in its ads and chapters, more than a million, so ` +
      'those have their own only; send less of it with sessionStart.',
  },
  'params-on-ping': {
    severity: 'info',
    message: ({ count }) => `${pluralize(count, 'ping')} with params, which a ping does not have; leave them out.`,
  },
  'bitrate-change-without-value': {
    severity: 'info',
    message: ({ count }) =>
      `${pluralize(count, 'bitrateChange')} without a number of 0 or more in qoeData media.qoe.bitrate: counted, but ` +
      'the average bitrate stays as it was; send the new bitrate with it.',
  },
  'restart-without-resume': {
    severity: 'info',
    message: ({ most }) =>
      `The session starts at playhead ${most} without media.resume, so it is no resume; set media.resume to true when ` +
      'a viewer continues.',
  },
  'duplicate-state-start': {
    severity: 'info',
    message: ({ count, subject }) =>
      `${pluralize(count, 'stateStart')} of a state that was on already (first "${subject}") ignored; send stateEnd in ` +
      'between.',
  },
  'state-end-without-start': {
    severity: 'info',
    message: ({ count, subject }) =>
      `${pluralize(count, 'stateEnd')} of a state that was not on (first "${subject}") ignored; send stateStart first.`,
  },
  'chapter-not-closed': {
    severity: 'info',
    message: ({ count, subject }) =>
      `${pluralize(count, 'chapter')} open at the end of the session (chapter ${subject}), so not completed; send ` +
      'chapterComplete or chapterSkip.',
  },
  'equal-ts': {
    severity: 'info',
    message: ({ count }) =>
      `${pluralize(count, 'event')} with the same ts as the one before; keep 1 ms between events, so that their order ` +
      'is certain.',
  },
  'out-of-order': {
    severity: 'info',
    message: ({ count, most }) =>
      `${pluralize(count, 'event')} arrived behind a later one, by up to ${most} ms: counted in place; send one event ` +
      'after the other.',
  },
  'playhead-unknown': {
    severity: 'info',
    message: ({ count }) =>
      `${pluralize(count, 'event')} with a playhead that is null or negative; send the current playhead in seconds, ` +
      'for live content the second of the day.',
  },
  'no-length': {
    severity: 'info',
    message: () =>
      'media.length is missing or not above 0, so there are no progress markers and no averageMinuteAudience; send ' +
      'the length in seconds, for live content 86400.',
  },
} as const satisfies Readonly<Record<string, DiagnosticKind>>;

/** The name of a diagnostic. */
export type DiagnosticCode = keyof typeof DIAGNOSTICS;

/** The names of all diagnostics. */
export const DIAGNOSTIC_CODES = Object.keys(DIAGNOSTICS) as DiagnosticCode[]; // the keys of a literal are what it says

function inSeconds(amount: number): string {
  return `${Number(amount.toFixed(1))} s`;
}
