import { formatClock, truncate } from '../../../src/common/text.ts';
import type { Explanation } from '../../../src/report/explain.ts';
import type { SessionReport } from '../../../src/report/schema/report-schema.ts';
import { oneLine } from '../command.ts';

/** What made each value of a report, by its field path. */
export type Explanations = Readonly<Record<string, Explanation>>;

/** One line of the timeline: what was on, when, and how much of it there was in all. */
interface Lane {
  readonly name: string;
  /** Stretches, each drawn with a first character of its own when it has a mark. */
  readonly stretches: readonly { readonly from: number; readonly to: number; readonly mark?: string }[];
  /** Moments, drawn as a cross. */
  readonly moments?: readonly number[];
  readonly total: string;
}

/** How many characters are left and right of the drawing. */
const NAME = 18;
const TOTAL = 9;

/** A picture of a session: a scale, and a lane for each thing that was on. `width` is in characters. */
export function lanes(report: SessionReport, explained: Explanations, width: number): string[] {
  const { startedAt, lastEventAt } = report;
  const cells = width - NAME - TOTAL;
  const span = Math.max(1, lastEventAt - startedAt);
  const cellOf = (ts: number) => Math.min(cells, Math.max(0, Math.round(((ts - startedAt) / span) * cells)));
  const drawn = lanesOf(report, explained)
    .filter(({ name, stretches, moments = [] }) => name === 'content' || stretches.length + moments.length > 0)
    .map(
      (lane) =>
        `${truncate(lane.name, NAME - 1).padEnd(NAME)}${draw(lane, cells, cellOf)} ${lane.total.padStart(TOTAL - 1)}`,
    );
  return [' '.repeat(NAME) + scale(span, cells), ...drawn];
}

function lanesOf(report: SessionReport, explained: Explanations): Lane[] {
  const { sessionDetails: details, qoeDataDetails: qoe, ads, chapters, states } = report;
  const stretches = (path: string, mark?: string) =>
    (explained[path]?.intervals ?? []).map(({ from, to }, at) => ({
      from: from.ts,
      to: to.ts,
      ...(mark !== undefined && at === 0 && { mark }),
    }));
  const each = (count: number, path: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => stretches(path(at), String((at + 1) % 10))).flat();
  const moments = (path: string) => (explained[path]?.events ?? []).map(({ ts }) => ts);
  const seconds = (value: number) => formatClock(value * 1000);

  return [
    { name: 'content', stretches: stretches('sessionDetails.timePlayed'), total: seconds(details.timePlayed) },
    {
      name: 'ads',
      stretches: each(ads.length, (at) => `ads[${at}].advertisingDetails.timePlayed`),
      total: seconds(ads.reduce((sum, { advertisingDetails }) => sum + advertisingDetails.timePlayed, 0)),
    },
    {
      name: 'chapters',
      stretches: each(chapters.length, (at) => `chapters[${at}].chapterDetails.timePlayed`),
      total: seconds(chapters.reduce((sum, { chapterDetails }) => sum + chapterDetails.timePlayed, 0)),
    },
    { name: 'pause', stretches: stretches('sessionDetails.pauseTime'), total: seconds(details.pauseTime) },
    { name: 'buffer', stretches: stretches('qoeDataDetails.bufferTime'), total: seconds(qoe.bufferTime) },
    { name: 'stall', stretches: stretches('qoeDataDetails.stallTime'), total: seconds(qoe.stallTime) },
    ...states.map(({ name, time }, at) => ({
      name: oneLine(name),
      stretches: stretches(`states[${at}].time`),
      total: seconds(time),
    })),
    { name: 'errors', stretches: [], moments: moments('qoeDataDetails.errorCount'), total: `${qoe.errorCount}` },
  ];
}

function draw({ stretches, moments = [] }: Lane, cells: number, cellOf: (ts: number) => number): string {
  const line = Array.from({ length: cells }, () => ' ');
  for (const { from, to, mark = '━' } of stretches) {
    const first = Math.min(cellOf(from), cells - 1);
    line.fill('━', first, Math.max(cellOf(to), first + 1));
    line[first] = mark;
  }
  for (const moment of moments) line[Math.min(cellOf(moment), cells - 1)] = '×';
  return line.join('');
}

/** Clock times from the start to the end, about twenty characters and at least a second apart. */
function scale(span: number, cells: number): string {
  if (formatClock(span) === formatClock(0)) return formatClock(0);
  const marks = Math.max(1, Math.min(Math.floor(cells / 20), Math.floor(span / 1000)));
  let line = '';
  for (let mark = 0; mark < marks; mark++)
    line = `${line.padEnd(Math.round((mark / marks) * cells))}${formatClock((mark / marks) * span)}`;
  const end = formatClock(span);
  return `${line.padEnd(cells - end.length)}${end}`;
}
