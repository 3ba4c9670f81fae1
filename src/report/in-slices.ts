import { timeSlices } from '../common/event-loop.ts';
import { runInSlices } from '../common/work.ts';
import type { MediaSession, StoredEvent } from '../session/session.ts';
import type { ReportOptions } from './analysis.ts';
import { reporting } from './report.ts';
import type { SessionReport } from './schema/report-schema.ts';

/**
 * The report of a session, made in slices, so that a session of hundreds of thousands of events holds nobody up. Those
 * that are given the same `nextSlice` take turns.
 */
export function reportInSlices(
  session: MediaSession,
  events: readonly StoredEvent[],
  options: ReportOptions,
  nextSlice = timeSlices(),
): Promise<SessionReport> {
  return runInSlices(reporting(session, events, options), nextSlice);
}
