import { formatClock } from '../../../src/common/text.ts';
import type { ReportHead } from '../../../src/inspector/api.ts';
import type { ReportedAd } from '../../../src/report/schema/ad-schema.ts';
import type { ReportedChapter } from '../../../src/report/schema/chapter-schema.ts';

/** A number of the report as people read it. */
export interface Figure {
  readonly label: string;
  /** The path of its field in the report. */
  readonly path: string;
  readonly value: string;
  /** What belongs to it and is no number of its own. */
  readonly note?: string;
  /** Nothing happened, so it may stand back. */
  readonly isZero: boolean;
}

/** Figures that belong together. */
export interface FigureGroup {
  readonly title: string;
  readonly figures: readonly Figure[];
}

type Format = (value: number) => string;

const time: Format = (seconds) => formatClock(seconds * 1000);
const plain: Format = (value) => value.toLocaleString('en');
const ratio: Format = (value) => value.toFixed(2);

const PLAYBACK = [
  ['timePlayed', 'Content played', time],
  ['totalTimePlayed', 'Played with ads', time],
  ['uniqueTimePlayed', 'Unique content', time],
  ['averageMinuteAudience', 'Average minute audience', ratio],
  ['pauseCount', 'Pauses', plain],
  ['pauseTime', 'Time in pause', time],
  ['adCount', 'Ads', plain],
  ['chapterCount', 'Chapters', plain],
  ['estimatedStreams', 'Estimated streams', plain],
  ['secondsSinceLastCall', 'Silence since the last call', time],
  ['length', 'Length of the content', time],
] as const;

const QUALITY = [
  ['timeToStart', 'Time to start', time],
  ['bufferCount', 'Bufferings', plain],
  ['bufferTime', 'Time buffering', time],
  ['stallCount', 'Stalls', plain],
  ['stallTime', 'Time stalled', time],
  ['bitrateAverage', 'Average bitrate', plain],
  ['bitrateChangeCount', 'Bitrate changes', plain],
  ['droppedFrames', 'Dropped frames', plain],
  ['errorCount', 'Errors', plain],
] as const;

/** The report's numbers in the order in which people ask for them, but those of its ads and chapters. Groups with nothing in them are left out. */
export function figureGroups(report: ReportHead): FigureGroup[] {
  const { sessionDetails: details, qoeDataDetails: qoe, states } = report;
  const groups: FigureGroup[] = [
    {
      title: 'Playback',
      figures: [
        ...PLAYBACK.flatMap(([key, label, format]) => figure(label, `sessionDetails.${key}`, details[key], format)),
        ...figure('Events', 'eventCount', report.eventCount, plain),
      ],
    },
    {
      title: 'Quality',
      figures: QUALITY.flatMap(([key, label, format]) => figure(label, `qoeDataDetails.${key}`, qoe[key], format)),
    },
    {
      title: 'Player states',
      figures: states.flatMap(({ name, count, time: seconds }, at) => [
        ...figure(name, `states[${at}].time`, seconds, time),
        ...figure(`${name}, times`, `states[${at}].count`, count, plain),
      ]),
    },
  ];
  return groups.filter(({ figures }) => figures.length > 0);
}

/** The numbers of ads, of which the first is at a place in the report. */
export function adFigures(ads: readonly ReportedAd[], from: number): Figure[] {
  return ads.flatMap(({ advertisingDetails: ad, advertisingPodDetails: pod }, at) =>
    figure(ad.friendlyName ?? ad.name, `ads[${from + at}].advertisingDetails.timePlayed`, ad.timePlayed, time, [
      `break ${pod.index}, position ${ad.podPosition}`,
      ad.length !== undefined && `${time(ad.length)} long`,
      ad.isCompleted ? 'completed' : 'not completed',
    ]),
  );
}

/** The numbers of chapters, of which the first is at a place in the report. */
export function chapterFigures(chapters: readonly ReportedChapter[], from: number): Figure[] {
  return chapters.flatMap(({ chapterDetails: chapter }, at) =>
    figure(
      chapter.friendlyName ?? `Chapter ${chapter.index}`,
      `chapters[${from + at}].chapterDetails.timePlayed`,
      chapter.timePlayed,
      time,
      [
        `at ${time(chapter.offset)}`,
        chapter.length !== undefined && `${time(chapter.length)} long`,
        chapter.isCompleted ? 'completed' : 'not completed',
      ],
    ),
  );
}

/** The label and value of a figure, by its path. */
export function figureAt(groups: readonly FigureGroup[], path: string): Figure | undefined {
  return groups.flatMap(({ figures }) => figures).find((candidate) => candidate.path === path);
}

/** The texts of the report, each labelled by its name there. */
export function textsOf(report: ReportHead): { label: string; path: string; value: string }[] {
  const texts = (at: string, record: object) =>
    Object.entries(record).flatMap(([key, value]) => {
      const text = Array.isArray(value) ? value.join(', ') : value;
      return typeof text === 'string' && text !== ''
        ? [{ label: labelOf(key), path: `${at}.${key}`, value: text }]
        : [];
    });
  return [...texts('sessionDetails', report.sessionDetails), ...texts('qoeDataDetails', report.qoeDataDetails)];
}

/** The flags of the report that are set. */
export function flagsOf(report: ReportHead): { label: string; path: string }[] {
  const flags = (at: string, record: object) =>
    Object.entries(record)
      .filter(([key, value]) => value === true && !key.startsWith('hasProgress'))
      .map(([key]) => ({
        label: labelOf(key.replace(/^(is|has)(?=[A-Z])/, '').replace('ImpactedStreams', 's')),
        path: `${at}.${key}`,
      }));
  return [...flags('sessionDetails', report.sessionDetails), ...flags('qoeDataDetails', report.qoeDataDetails)];
}

/** The label of a field, from its name: `First air date` of `firstAirDate`. */
function labelOf(key: string): string {
  const split = key.replace(/([a-z])([A-Z])/g, '$1 $2');
  return split.charAt(0).toUpperCase() + split.slice(1).replace(/ [A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());
}

function figure(
  label: string,
  path: string,
  value: number | undefined,
  format: Format,
  notes: readonly (string | false)[] = [],
): Figure[] {
  if (value === undefined) return [];
  const note = notes.filter((each) => each !== false).join(', ');
  return [{ label, path, value: format(value), isZero: value === 0, ...(note !== '' && { note }) }];
}
