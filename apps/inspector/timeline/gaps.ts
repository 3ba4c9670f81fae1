import type { IndexedEvent, LaneInterval, SessionDetail } from '../../../src/inspector/api.ts';

/** The stretches without any event that the report complains about. */
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
    return from && to ? [{ from: markOf(from), to: markOf(to), ms: markOf(to).ts - markOf(from).ts }] : [];
  });
}

function markOf({ index, event }: IndexedEvent) {
  return { index, ts: event.playerTime.ts };
}
