import { checkOptionNames } from '../option-checks.ts';
import type { MediaSession, StoredEvent } from '../session/session.ts';
import { reportedAd } from './ad-details.ts';
import { type Analysis, analyse, type ReportOptions } from './analysis.ts';
import { reportedChapter } from './chapter-details.ts';
import { diagnostic } from './diagnostics.ts';
import { metadataOf } from './metadata.ts';
import { qoeDataDetailsOf } from './qoe.ts';
import type { SessionReport } from './report-schema.ts';
import { sessionDetailsOf } from './session-details.ts';
import { playerState } from './states.ts';

/**
 * What a session meant: the numbers that Adobe's service writes at its close, from the events the collector
 * kept, in the order of arrival. Pure. Durations are whole seconds; `...At` and `asOf` are Unix
 * milliseconds. Throws a TypeError when the first event is not the sessionStart.
 *
 *     const report = sessionReport(session, events);
 *     report.sessionDetails.timePlayed; // 45
 *     report.diagnostics.map(({ message }) => message); // what to fix in the player
 */
export function sessionReport(
  session: MediaSession,
  events: readonly StoredEvent[],
  options: ReportOptions = {},
): SessionReport {
  checkOptionNames(options, ['asOf', 'timeouts'], 'sessionReport');
  return reportOf(analyse(session, events, options));
}

/** The report of a session that was read. */
export function reportOf(analysis: Analysis): SessionReport {
  const { session, arrived, start, closing, timeline, occurrences } = analysis;
  const metadata = metadataOf(start.customMetadata);
  const repeated = analysis.repeatsMetadata ? metadata : metadataOf(undefined);
  return {
    sid: session.sid,
    ...closing,
    startedAt: start.playerTime.ts,
    lastEventAt: analysis.lastEventAt,
    eventCount: arrived.length,
    sessionDetails: sessionDetailsOf(analysis),
    qoeDataDetails: qoeDataDetailsOf(analysis),
    ads: timeline.ads.map((ad) => reportedAd(ad, session.sid, repeated)),
    chapters: timeline.chapters.map((chapter) => reportedChapter(chapter, start.params['media.id'], repeated)),
    states: timeline.states.map(playerState),
    customMetadata: metadata,
    diagnostics: occurrences.map(diagnostic),
  };
}
