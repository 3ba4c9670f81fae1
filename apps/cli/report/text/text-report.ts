import { formatClock, pluralize, truncate } from '../../../../src/common/text.ts';
import type { Explanations } from '../../../../src/report/explain.ts';
import type { SessionReport } from '../../../../src/report/schema/report-schema.ts';
import { singleLine } from '../../printable-text.ts';
import { lengthOfSession, sinceStart } from './session-time.ts';
import { timeline } from './text-timeline.ts';

/** A report for people: a timeline, the main figures, ads and chapters, and the diagnostics. `width` is in characters. */
export function textReport(report: SessionReport, explained: Explanations, width: number): string {
  const sections = [
    heading(report, explained),
    timeline(report, explained, width),
    figures(report),
    adsAndChapters(report, explained),
    report.diagnostics.flatMap((each, at) => {
      const [first] = explained[`diagnostics[${at}].count`]?.events ?? [];
      return diagnostic(each, first && sinceStart(first, report), width);
    }),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line.trimEnd()}\n`).join(''))
    .join('\n');
}

const PROTOCOLS: Readonly<Record<SessionReport['protocol'], string>> = {
  'media-collection': 'Media Collection API',
  'media-edge': 'Media Edge API',
};

function heading(report: SessionReport, explained: Explanations): string[] {
  const { sid, closeReason, startedAt, eventCount, sessionDetails, protocol, sdk, datastream } = report;
  const { name, friendlyName, contentType, length } = sessionDetails;
  const content = [friendlyName ?? name, contentType, length === undefined ? undefined : formatClock(length * 1000)];
  return [
    `session ${singleLine(sid)}: ${singleLine(content.filter((each) => each !== undefined).join(', '))}`,
    `${formatDate(startedAt)}, ${formatClock(lengthOfSession(report, explained))} long, ${pluralize(eventCount, 'event')}, ` +
      (closeReason ? `closed by ${closeReason}` : 'still open'),
    [PROTOCOLS[protocol], sdk, datastream && `datastream ${datastream}`]
      .filter((each) => each !== undefined)
      .map(singleLine)
      .join(', '),
  ];
}

/** Unix milliseconds as a date and time, or as they are where there is no such date. */
function formatDate(ms: number): string {
  const at = new Date(ms);
  return Number.isNaN(at.valueOf())
    ? String(ms)
    : at
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, ' UTC');
}

function figures({ sessionDetails: details, qoeDataDetails: qoe }: SessionReport): string[] {
  const seconds = (value: number) => formatClock(value * 1000);
  const progress = [95, 75, 50, 25, 10].find((marker) => `hasProgress${marker}` in details);
  const state = [
    details.isPlayed && 'played',
    qoe.isDroppedBeforeStart && 'dropped before start',
    !details.isPlayed && !qoe.isDroppedBeforeStart && 'not played yet',
    progress && `reached ${progress} %`,
    details.isCompleted && 'completed',
    details.hasResume && 'resumed',
    details.isDownloaded && 'downloaded',
  ];
  const quality = [
    qoe.bitrateAverage !== undefined && `bitrate ${qoe.bitrateAverage}`,
    qoe.bitrateChangeCount > 0 && pluralize(qoe.bitrateChangeCount, 'bitrate change'),
    qoe.timeToStart !== undefined && `started after ${seconds(qoe.timeToStart)}`,
    qoe.droppedFrames !== undefined && pluralize(qoe.droppedFrames, 'dropped frame'),
  ];
  return [
    `played ${seconds(details.timePlayed)}, with ads ${seconds(details.totalTimePlayed)}, ` +
      `unique ${seconds(details.uniqueTimePlayed)}; pauses ${details.pauseCount}, bufferings ${qoe.bufferCount}, ` +
      `stalls ${qoe.stallCount}, errors ${qoe.errorCount}`,
    [...state, ...quality].filter((each) => typeof each === 'string').join(', '),
  ];
}

/** The ads and the chapters: when each started, how long it played, and whether to its end. */
function adsAndChapters(report: SessionReport, explained: Explanations): string[] {
  const { ads, chapters } = report;
  const starts = (path: string) =>
    (explained[path]?.events ?? []).map((event) => formatClock(sinceStart(event, report)));
  const row = (kind: string, at: number, start = '', seconds: number, completed: true | undefined, name: string) =>
    `${`${kind} ${at + 1}`.padEnd(12)}${`at ${start}`.padEnd(12)}${formatClock(seconds * 1000).padEnd(9)}` +
    `${(completed ? 'completed' : 'not completed').padEnd(15)}${truncate(singleLine(name), 60)}`;
  const adStarts = starts('sessionDetails.adCount');
  const chapterStarts = starts('sessionDetails.chapterCount');
  return [
    ...ads.map(({ advertisingDetails: ad }, at) =>
      row('ad', at, adStarts[at], ad.timePlayed, ad.isCompleted, ad.friendlyName ?? ad.name),
    ),
    ...chapters.map(({ chapterDetails: chapter }, at) =>
      row('chapter', at, chapterStarts[at], chapter.timePlayed, chapter.isCompleted, chapter.friendlyName ?? ''),
    ),
  ];
}

/** A diagnostic, its message wrapped under its code. `first` is when it occurred first, in ms since the start. */
function diagnostic(
  { severity, code, count, message }: SessionReport['diagnostics'][number],
  first: number | undefined,
  width: number,
): string[] {
  const often = count === 1 ? '' : `, ${count} times`;
  const when = first === undefined ? '' : `, ${count === 1 ? '' : 'first '}at ${formatClock(first)}`;
  return [
    `${severity.padEnd(9)}${code}${often}${when}`,
    ...wrap(singleLine(message), width - 9).map((line) => ' '.repeat(9) + line),
  ];
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
