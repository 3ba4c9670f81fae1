import { formatClock } from '../../../src/common/text.ts';
import type { EventPosition, IndexedEvent, LaneInterval, SessionDetail } from '../../../src/inspector/api.ts';

/** The intervals without any event that the report has a diagnostic of. */
export function gapsOf(
  { report, explanations }: SessionDetail,
  events: readonly IndexedEvent[],
  byTime: readonly IndexedEvent[],
): LaneInterval[] {
  const at = report.diagnostics.findIndex(({ code }) => code === 'missing-pings');
  const ends = explanations[`diagnostics[${at}].count`]?.events ?? [];
  if (ends.length === 0) return [];
  const places = new Map(byTime.map(({ index }, place) => [index, place]));
  return ends.flatMap((index) => {
    const to = events[index];
    const from = byTime[(places.get(index) ?? 0) - 1]; // a gap is named by the event that ended it
    return from && to
      ? [{ from: positionOf(from), to: positionOf(to), ms: positionOf(to).ts - positionOf(from).ts }]
      : [];
  });
}

/** The name of a gap, or of several drawn as one. */
export function gapName(gaps: readonly LaneInterval[]): string {
  const ms = gaps.reduce((sum, gap) => sum + gap.ms, 0);
  return `${gaps.length > 1 ? `${gaps.length} gaps` : 'No event'}, ${formatClock(ms)}`;
}

function positionOf({ index, event }: IndexedEvent): EventPosition {
  return { index, ts: event.playerTime.ts };
}
