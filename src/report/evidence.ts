import { knownPlayhead } from '../wire/events.ts';
import type { Analysis } from './analysis.ts';
import type { TimedEvent } from './order/timed-event.ts';
import { contentOf } from './sections/chapter-details.ts';
import { isReached, MARKERS, type Marker } from './sections/progress.ts';
import { timeWithBitrate } from './sections/qoe.ts';
import { type Interval, isPlaying } from './timeline/interval.ts';
import { type PlayheadRange, viewedRanges } from './timeline/viewed-ranges.ts';

/** What made one value of the report: intervals that were summed, events that were counted or read. */
export interface Evidence {
  readonly intervals?: readonly Interval[];
  readonly events?: readonly (TimedEvent | undefined)[];
  readonly playheads?: readonly PlayheadRange[];
}

/** What made each duration and each count of the report, by its field path. */
export function evidenceOf(analysis: Analysis): Readonly<Record<string, Evidence>> {
  const { received, timeline, findings } = analysis;
  return {
    eventCount: { events: received },
    ...sessionEvidence(analysis),
    ...qoeEvidence(analysis),
    ...perEntry(timeline.ads, (ad, at) => ({
      [`ads[${at}].advertisingDetails.timePlayed`]: { intervals: ad.intervals },
    })),
    ...perEntry(timeline.chapters, (chapter, at) => ({
      [`chapters[${at}].chapterDetails.timePlayed`]: { intervals: contentOf(chapter) },
    })),
    ...perEntry(timeline.states, ({ intervals }, at) => ({
      [`states[${at}].time`]: { intervals },
      [`states[${at}].count`]: { events: intervals.map(({ from }) => from) },
    })),
    ...perEntry(findings, ({ events }, at) => ({ [`diagnostics[${at}].count`]: { events } })),
  };
}

function sessionEvidence({
  received,
  traits: { contentLength },
  timeline,
}: Analysis): Readonly<Record<string, Evidence>> {
  const { time, intervals, ads, chapters, pauses, sinceMainPlay } = timeline;
  const playing = intervals.filter(isPlaying);
  const reaches = (marker: Marker) =>
    sinceMainPlay.find(({ event }) => isReached(marker, knownPlayhead(event), contentLength));
  return {
    'sessionDetails.timePlayed': { intervals: time.content },
    'sessionDetails.totalTimePlayed': { intervals: playing },
    'sessionDetails.estimatedStreams': { intervals: playing },
    'sessionDetails.averageMinuteAudience': { intervals: time.content },
    'sessionDetails.uniqueTimePlayed': { playheads: viewedRanges(time.content) },
    'sessionDetails.pauseTime': { intervals: time.pause },
    'sessionDetails.pauseCount': { events: pauses },
    'sessionDetails.adCount': { events: ads.map(({ start }) => start) },
    'sessionDetails.chapterCount': { events: chapters.map(({ start }) => start) },
    'sessionDetails.secondsSinceLastCall': { events: received.slice(-1) },
    ...perEntry(MARKERS, (marker) => ({ [`sessionDetails.hasProgress${marker}`]: { events: [reaches(marker)] } })),
  };
}

function qoeEvidence({ timeline }: Analysis): Readonly<Record<string, Evidence>> {
  const { intervals, time, stalls, bufferings } = timeline;
  return {
    'qoeDataDetails.bufferTime': { intervals: time.buffer },
    'qoeDataDetails.bufferCount': { events: bufferings },
    'qoeDataDetails.stallTime': { intervals: time.stall },
    'qoeDataDetails.stallCount': { events: stalls.map(([first]) => first?.from) },
    'qoeDataDetails.bitrateChangeCount': { events: timeline.bitrateChanges },
    'qoeDataDetails.bitrateAverage': { intervals: timeWithBitrate(intervals) },
    'qoeDataDetails.errorCount': { events: timeline.errors },
    'qoeDataDetails.droppedFrames': { events: [timeline.droppedFrames] },
    'qoeDataDetails.timeToStart': { events: [timeline.timeToStart] },
  };
}

function perEntry<T>(
  entries: readonly T[],
  evidence: (entry: T, at: number) => Readonly<Record<string, Evidence>>,
): Readonly<Record<string, Evidence>> {
  return Object.fromEntries(entries.flatMap((entry, at) => Object.entries(evidence(entry, at))));
}
