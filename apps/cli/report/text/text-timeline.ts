import { formatClock, truncate } from '../../../../src/common/text.ts';
import { runAtOnce } from '../../../../src/common/work.ts';
import type { ExplainedEvent, Explanations } from '../../../../src/report/explain.ts';
import { type Lane, type LaneKind, lanesOf } from '../../../../src/report/lanes.ts';
import type { SessionReport } from '../../../../src/report/schema/report-schema.ts';
import { singleLine } from '../../printable-text.ts';
import { lengthOfSession, sinceStart } from './session-time.ts';

/** How many characters the names on the left and the totals on the right take. */
const NAME_WIDTH = 18;
const TOTAL_WIDTH = 9;

/** The lanes that are drawn, from top to bottom, and what the line of each is called; a state's as the player does. */
const NAMES: readonly (readonly [kind: LaneKind, name: string | undefined])[] = [
  ['content', 'content'],
  ['ad', 'ads'],
  ['chapter', 'chapters'],
  ['pause', 'pause'],
  ['buffer', 'buffer'],
  ['stall', 'stall'],
  ['state', undefined],
];

/** What tells when something was. */
type Moment = Pick<ExplainedEvent, 'ts' | 'time'>;

/** Gives the character of the drawing that an event is in, from 0. */
type CellOf = (event: Moment) => number;

/** Draws a session: a scale, a line for each lane, and one of the errors. `width` is in characters. */
export function timeline(report: SessionReport, explanations: Explanations, width: number): string[] {
  const { qoeDataDetails: qoe } = report;
  const cells = width - NAME_WIDTH - TOTAL_WIDTH;
  const length = Math.max(1, lengthOfSession(report, explanations));
  const cellOf = (event: Moment) =>
    Math.min(cells, Math.max(0, Math.round((sinceStart(event, report) / length) * cells)));
  const lanes = runAtOnce(lanesOf(report, explanations));
  const errors = explanations['qoeDataDetails.errorCount']?.events ?? [];
  return [
    ' '.repeat(NAME_WIDTH) + scale(length, cells),
    ...NAMES.flatMap(([kind, name]) =>
      lanes
        .filter((lane) => lane.kind === kind)
        .map((lane) =>
          line(name ?? singleLine(lane.name), draw(lane, cells, cellOf), formatClock(lane.seconds * 1000)),
        ),
    ),
    ...(errors.length > 0 ? [line('errors', drawTimes(errors, cells, cellOf), `${qoe.errorCount}`)] : []),
  ];
}

function line(name: string, drawing: string, total: string): string {
  return `${truncate(name, NAME_WIDTH - 1).padEnd(NAME_WIDTH)}${drawing} ${total.padStart(TOTAL_WIDTH - 1)}`;
}

/** Draws the intervals of a lane. Those of an ad or a chapter begin with the last digit of its number, from 1. */
function draw({ intervals }: Lane, cells: number, cellOf: CellOf): string {
  const drawing = blank(cells);
  let drawn: number | undefined;
  for (const { from, to, entry } of intervals) {
    const first = Math.min(cellOf(from), cells - 1);
    drawing.fill('━', first, Math.max(cellOf(to), first + 1));
    if (entry !== undefined && entry !== drawn) drawing[first] = String((entry + 1) % 10);
    drawn = entry;
  }
  return drawing.join('');
}

/** Draws single events, each as a cross. */
function drawTimes(events: readonly Moment[], cells: number, cellOf: CellOf): string {
  const drawing = blank(cells);
  for (const event of events) drawing[Math.min(cellOf(event), cells - 1)] = '×';
  return drawing.join('');
}

function blank(cells: number): string[] {
  return Array.from({ length: cells }, () => ' ');
}

/** Clock times from the start to the end, about twenty characters and at least a second apart. Takes milliseconds. */
function scale(length: number, cells: number): string {
  if (formatClock(length) === formatClock(0)) return formatClock(0);
  const marks = Math.max(1, Math.min(Math.floor(cells / 20), Math.floor(length / 1000)));
  let line = '';
  for (let mark = 0; mark < marks; mark++)
    line = `${line.padEnd(Math.round((mark / marks) * cells))}${formatClock((mark / marks) * length)}`;
  const end = formatClock(length);
  return `${line.padEnd(cells - end.length)}${end}`;
}
