import type { StoredEvent } from '../../session/session.ts';
import { knownPlayhead } from '../../wire/events.ts';
import type { Analysis } from '../analysis.ts';
import { isPlaying, type Span } from '../timeline/interval.ts';
import { type PlayheadRange, viewedRanges } from '../timeline/viewed-ranges.ts';
import { contentOf } from './chapter-details.ts';
import { isReached, MARKERS, type Marker } from './progress.ts';
import { timeWithBitrate } from './qoe.ts';

/** What made one value of the report: intervals that were summed, events that were counted or read. */
export interface Evidence {
  readonly spans?: readonly Span[];
  readonly events?: readonly (StoredEvent | undefined)[];
  readonly playheads?: readonly PlayheadRange[];
}

/** What made each duration and each count of the report, by its field path. */
export function evidenceOf(analysis: Analysis): Readonly<Record<string, Evidence>> {
  const { arrived, timeline, occurrences } = analysis;
  return {
    eventCount: { events: arrived },
    ...sessionEvidence(analysis),
    ...qoeEvidence(analysis),
    ...perEntry(timeline.ads, (ad, at) => ({ [`ads[${at}].advertisingDetails.timePlayed`]: { spans: ad.intervals } })),
    ...perEntry(timeline.chapters, (chapter, at) => ({
      [`chapters[${at}].chapterDetails.timePlayed`]: { spans: contentOf(chapter) },
    })),
    ...perEntry(timeline.states, ({ spans }, at) => ({
      [`states[${at}].time`]: { spans },
      [`states[${at}].count`]: { events: spans.map(({ from }) => from) },
    })),
    ...perEntry(occurrences, ({ events }, at) => ({ [`diagnostics[${at}].count`]: { events } })),
  };
}

function sessionEvidence({ arrived, timeline, contentLength }: Analysis): Readonly<Record<string, Evidence>> {
  const { time, intervals, ads, chapters, pauses, sinceMainPlay } = timeline;
  const playing = intervals.filter(isPlaying);
  const reaches = (marker: Marker) =>
    sinceMainPlay.find(({ event }) => isReached(marker, knownPlayhead(event), contentLength));
  return {
    'sessionDetails.timePlayed': { spans: time.content },
    'sessionDetails.totalTimePlayed': { spans: playing },
    'sessionDetails.estimatedStreams': { spans: playing },
    'sessionDetails.averageMinuteAudience': { spans: time.content },
    'sessionDetails.uniqueTimePlayed': { playheads: viewedRanges(time.content) },
    'sessionDetails.pauseTime': { spans: time.pause },
    'sessionDetails.pauseCount': { events: pauses },
    'sessionDetails.adCount': { events: ads.map(({ start }) => start) },
    'sessionDetails.chapterCount': { events: chapters.map(({ start }) => start) },
    'sessionDetails.secondsSinceLastCall': { events: arrived.slice(-1) },
    ...perEntry(MARKERS, (marker) => ({ [`sessionDetails.hasProgress${marker}`]: { events: [reaches(marker)] } })),
  };
}

function qoeEvidence({ timeline }: Analysis): Readonly<Record<string, Evidence>> {
  const { intervals, time, stalls, bufferings } = timeline;
  return {
    'qoeDataDetails.bufferTime': { spans: time.buffer },
    'qoeDataDetails.bufferCount': { events: bufferings },
    'qoeDataDetails.stallTime': { spans: time.stall },
    'qoeDataDetails.stallCount': { events: stalls.map(([first]) => first?.from) },
    'qoeDataDetails.bitrateChangeCount': { events: timeline.bitrateChanges },
    'qoeDataDetails.bitrateAverage': { spans: timeWithBitrate(intervals) },
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
