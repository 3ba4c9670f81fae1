import type { LaneInterval } from './api.ts';

/** A time that is drawn, in Unix milliseconds. */
export interface View {
  readonly from: number;
  readonly to: number;
}

/** Intervals as they are drawn: no more than a limit. */
export interface Thinned {
  readonly intervals: readonly LaneInterval[];
  /** Whether any were drawn together. */
  readonly isThinned: boolean;
}

/** Takes intervals one after the other. */
export interface IntervalThinner {
  add(interval: LaneInterval): void;
  finish(): Thinned;
}

interface Run {
  interval: LaneInterval;
  /** The column it is in, when it is narrower than one. */
  readonly column: number | undefined;
}

/**
 * Draws together what is narrower than a column and in the same one. A view has half as many columns as the limit has
 * intervals: so many may be wider than a column, and so many narrower, where they come one after the other. Where clocks
 * go back and forth they may be more, and whoever stands together in the list is drawn together.
 */
export function thinIntervals(view: View, limit: number): IntervalThinner {
  const columnOf = columnsOf(view, Math.floor(limit / 2));
  let runs: Run[] = [];
  let perRun = 1;
  let inRun = 0;
  let isThinned = false;

  function halve(): void {
    const halved: Run[] = [];
    for (let at = 0; at < runs.length; at += 2) {
      const [first, second] = [runs[at], runs[at + 1]];
      if (first)
        halved.push({
          interval: second ? together(first.interval, second.interval) : first.interval,
          column: undefined,
        });
    }
    runs = halved;
    perRun *= 2;
    inRun = perRun;
    isThinned = true;
  }

  return {
    add(interval) {
      const [start, end] = extentOf(interval);
      if (end < view.from || start > view.to) return;
      const column = columnOf(start) === columnOf(end) ? columnOf(start) : undefined;
      const last = runs.at(-1);
      const shares = column !== undefined && column === last?.column;
      if (last && (shares || inRun < perRun)) {
        if (!shares) inRun += 1;
        last.interval = together(last.interval, interval);
        isThinned = true;
        return;
      }
      if (runs.length >= limit) halve();
      runs.push({ interval, column });
      inRun = 1;
    },
    finish: () => ({ intervals: runs.map(({ interval }) => interval), isThinned }),
  };
}

/** Which of so many columns a time is in; those before the view and after it are columns of their own. */
export function columnsOf({ from, to }: View, count: number): (ts: number) => number {
  const width = Math.max(1, to - from) / count;
  return (ts) => Math.max(-1, Math.min(count, Math.floor((ts - from) / width)));
}

function extentOf({ from, to }: LaneInterval): readonly [number, number] {
  return from.ts <= to.ts ? [from.ts, to.ts] : [to.ts, from.ts];
}

/** Several as one, from the first to the last of them: without a label or a field of their own. */
function together(a: LaneInterval, b: LaneInterval): LaneInterval {
  const ends = [a.from, a.to, b.from, b.to];
  return {
    from: ends.reduce((first, end) => (end.ts < first.ts ? end : first)),
    to: ends.reduce((last, end) => (end.ts >= last.ts ? end : last)),
    ms: a.ms + b.ms,
    count: (a.count ?? 1) + (b.count ?? 1),
  };
}
