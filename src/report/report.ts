import { map } from '../common/list-work.ts';
import { checkOptionNames } from '../common/option-checks.ts';
import { runAtOnce, type Work } from '../common/work.ts';
import type { MediaSession, StoredEvent } from '../session/session.ts';
import { type Analysis, analyse, REPORT_OPTIONS, type ReportOptions } from './analysis.ts';
import { reportedDiagnostic } from './diagnostics/diagnostics.ts';
import type { SessionReport } from './schema/report-schema.ts';
import { reportedAd } from './sections/ad-details.ts';
import { reportedChapter } from './sections/chapter-details.ts';
import { secondsSinceLastCall } from './sections/closing.ts';
import { repeatable } from './sections/fields.ts';
import { metadataOf } from './sections/metadata.ts';
import { reportedState } from './sections/player-states.ts';
import { qoeDataDetailsOf } from './sections/qoe.ts';
import { sessionDetailsOf } from './sections/session-details.ts';

/**
 * Reports what a session meant: the numbers that Adobe's service writes at its close, from the events the collector
 * kept, in the order of arrival. Pure. Durations are whole seconds; `...At` and `asOf` are Unix milliseconds. Throws a
 * TypeError when the first event is not the sessionStart, or an option is unknown.
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
  checkOptionNames(options, REPORT_OPTIONS, 'sessionReport');
  return runAtOnce(reporting(session, events, options));
}

/** The work of `sessionReport`. */
export function* reporting(
  session: MediaSession,
  events: readonly StoredEvent[],
  options: ReportOptions,
): Work<SessionReport> {
  return yield* reportOf(yield* analyse(session, events, options));
}

/** The report of a session that was read. */
export function* reportOf(analysis: Analysis): Work<SessionReport> {
  const { session, received, traits, closing, timeline, findings } = analysis;
  const { start } = traits;
  const sdk = repeatable(start.params['media.libraryVersion']);
  const silence = secondsSinceLastCall(closing, session, received);
  const metadata = metadataOf(start.customMetadata);
  const mediaId = start.params['media.id'];
  const repeated = analysis.repeatsMetadata ? metadata : metadataOf(undefined);
  return {
    sid: session.sid,
    protocol: session.edge ? 'media-edge' : 'media-collection',
    ...(sdk !== undefined && { sdk }),
    ...(session.edge && { datastream: session.edge.datastream }),
    ...closing,
    startedAt: start.playerTime.ts,
    lastEventAt: analysis.lastEventAt,
    eventCount: received.length,
    sessionDetails: yield* sessionDetailsOf(session.sid, traits, timeline, silence),
    qoeDataDetails: yield* qoeDataDetailsOf(timeline, closing.open),
    ads: yield* map(timeline.ads, (ad) => reportedAd(ad, session.sid, repeated)),
    chapters: yield* map(timeline.chapters, (chapter) => reportedChapter(chapter, mediaId, repeated)),
    states: timeline.states.map(reportedState),
    customMetadata: metadata,
    diagnostics: findings.map(reportedDiagnostic),
  };
}
