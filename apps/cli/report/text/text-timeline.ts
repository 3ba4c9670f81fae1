import { formatClock, truncate } from '../../../../src/common/text.ts';
import type { Explanation } from '../../../../src/report/explain.ts';
import type { SessionReport } from '../../../../src/report/schema/report-schema.ts';
import { singleLine } from '../../printable-text.ts';

/** What made each value of a report, by its field path. */
export type Explanations = Readonly<Record<string, Explanation>>;

/** A line of the timeline: what was on, when, and how much of it there was in all. */
interface Lane {
  readonly name: string;
  /** Each is drawn with a first character of its own when it has a mark. */
  readonly intervals: readonly { readonly from: number; readonly to: number; readonly mark?: string }[];
  /** Each is drawn as a cross. */
  readonly moments?: readonly number[];
  readonly total: string;
}

/** How many characters the names on the left and the totals on the right take. */
const NAME_WIDTH = 18;
const TOTAL_WIDTH = 9;

/** Draws a session: a scale, and a lane for each thing that was on. `width` is in characters. */
export function timeline(report: SessionReport, explained: Explanations, width: number): string[] {
  const { startedAt, lastEventAt } = report;
  const cells = width - NAME_WIDTH - TOTAL_WIDTH;
  const span = Math.max(1, lastEventAt - startedAt);
  const cellOf = (ts: number) => Math.min(cells, Math.max(0, Math.round(((ts - startedAt) / span) * cells)));
  const drawn = lanesOf(report, explained)
    .filter(({ name, intervals, moments = [] }) => name === 'content' || intervals.length + moments.length > 0)
    .map((lane) => {
      const name = truncate(lane.name, NAME_WIDTH - 1).padEnd(NAME_WIDTH);
      return `${name}${draw(lane, cells, cellOf)} ${lane.total.padStart(TOTAL_WIDTH - 1)}`;
    });
  return [' '.repeat(NAME_WIDTH) + scale(span, cells), ...drawn];
}

function lanesOf(report: SessionReport, explained: Explanations): Lane[] {
  const { sessionDetails: details, qoeDataDetails: qoe, ads, chapters, states } = report;
  const intervals = (path: string, mark?: string) =>
    (explained[path]?.intervals ?? []).map(({ from, to }, at) => ({
      from: from.ts,
      to: to.ts,
      ...(mark !== undefined && at === 0 && { mark }),
    }));
  const each = (count: number, path: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => intervals(path(at), String((at + 1) % 10))).flat();
  const moments = (path: string) => (explained[path]?.events ?? []).map(({ ts }) => ts);
  const seconds = (value: number) => formatClock(value * 1000);

  return [
    { name: 'content', intervals: intervals('sessionDetails.timePlayed'), total: seconds(details.timePlayed) },
    {
      name: 'ads',
      intervals: each(ads.length, (at) => `ads[${at}].advertisingDetails.timePlayed`),
      total: seconds(ads.reduce((sum, { advertisingDetails }) => sum + advertisingDetails.timePlayed, 0)),
    },
    {
      name: 'chapters',
      intervals: each(chapters.length, (at) => `chapters[${at}].chapterDetails.timePlayed`),
      total: seconds(chapters.reduce((sum, { chapterDetails }) => sum + chapterDetails.timePlayed, 0)),
    },
    { name: 'pause', intervals: intervals('sessionDetails.pauseTime'), total: seconds(details.pauseTime) },
    { name: 'buffer', intervals: intervals('qoeDataDetails.bufferTime'), total: seconds(qoe.bufferTime) },
    { name: 'stall', intervals: intervals('qoeDataDetails.stallTime'), total: seconds(qoe.stallTime) },
    ...states.map(({ name, time }, at) => ({
      name: singleLine(name),
      intervals: intervals(`states[${at}].time`),
      total: seconds(time),
    })),
    { name: 'errors', intervals: [], moments: moments('qoeDataDetails.errorCount'), total: `${qoe.errorCount}` },
  ];
}

function draw({ intervals, moments = [] }: Lane, cells: number, cellOf: (ts: number) => number): string {
  const line = Array.from({ length: cells }, () => ' ');
  for (const { from, to, mark = '━' } of intervals) {
    const first = Math.min(cellOf(from), cells - 1);
    line.fill('━', first, Math.max(cellOf(to), first + 1));
    line[first] = mark;
  }
  for (const moment of moments) line[Math.min(cellOf(moment), cells - 1)] = '×';
  return line.join('');
}

/** Clock times from the start to the end, some twenty characters and at least a second apart. */
function scale(span: number, cells: number): string {
  if (formatClock(span) === formatClock(0)) return formatClock(0);
  const marks = Math.max(1, Math.min(Math.floor(cells / 20), Math.floor(span / 1000)));
  let line = '';
  for (let mark = 0; mark < marks; mark++)
    line = `${line.padEnd(Math.round((mark / marks) * cells))}${formatClock((mark / marks) * span)}`;
  const end = formatClock(span);
  return `${line.padEnd(cells - end.length)}${end}`;
}
