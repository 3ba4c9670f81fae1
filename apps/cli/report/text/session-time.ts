import type { ExplainedEvent, Explanations } from '../../../../src/report/explain.ts';
import type { SessionReport } from '../../../../src/report/schema/report-schema.ts';

/** When an event happened, in milliseconds since the start: not by its `ts` where the clock of the client was set. */
export function sinceStart(
  { ts, time = ts }: Pick<ExplainedEvent, 'ts' | 'time'>,
  { startedAt }: SessionReport,
): number {
  return time - startedAt;
}

/** How long a session is, up to the last of its events, in milliseconds. */
export function lengthOfSession(report: SessionReport, explained: Explanations): number {
  const times = (explained['eventCount']?.events ?? []).map((event) => sinceStart(event, report));
  return times.reduce((latest, time) => Math.max(latest, time), 0);
}
