import { filter, find, map } from '../common/list-work.ts';
import type { Work } from '../common/work.ts';
import { knownPlayhead } from '../wire/events.ts';
import type { Analysis } from './analysis.ts';
import type { TimedEvent } from './order/timed-event.ts';
import { isReached, MARKERS } from './sections/progress.ts';
import { hasBitrate } from './sections/qoe.ts';
import { type Interval, isPlaying } from './timeline/interval.ts';
import type { PlayheadRange } from './timeline/viewed-ranges.ts';

/** What made one value of the report: intervals that were summed, events that were counted or read. */
export interface Evidence {
  readonly intervals?: readonly Interval[];
  readonly events?: readonly (TimedEvent | undefined)[];
  readonly playheads?: readonly PlayheadRange[];
}

/** Takes what made each duration and each count of the report, with the path of its field. */
export function* eachEvidence(analysis: Analysis, take: (path: string, evidence: Evidence) => Work<void>): Work<void> {
  const { received, timeline, findings } = analysis;
  const single = {
    eventCount: { events: received },
    ...(yield* sessionEvidence(analysis)),
    ...(yield* qoeEvidence(analysis)),
  };
  for (const [path, evidence] of Object.entries<Evidence>(single)) yield* take(path, evidence);
  for (const [at, { time }] of timeline.ads.entries()) yield* take(`ads[${at}].advertisingDetails.timePlayed`, time);
  for (const [at, { content }] of timeline.chapters.entries()) {
    yield* take(`chapters[${at}].chapterDetails.timePlayed`, content);
  }
  for (const [at, { time }] of timeline.states.entries()) {
    yield* take(`states[${at}].time`, time);
    yield* take(`states[${at}].count`, { events: yield* map(time.intervals, ({ from }) => from) });
  }
  for (const [at, { events }] of findings.entries()) yield* take(`diagnostics[${at}].count`, { events });
}

function* sessionEvidence({
  received,
  traits: { contentLength },
  timeline,
}: Analysis): Work<Readonly<Record<string, Evidence>>> {
  const { time, viewed, ads, chapters, pauses, sinceMainPlay } = timeline;
  const playing = yield* filter(timeline.intervals, isPlaying);
  const evidence: Record<string, Evidence> = {
    'sessionDetails.timePlayed': time.content,
    'sessionDetails.totalTimePlayed': { intervals: playing },
    'sessionDetails.estimatedStreams': { intervals: playing },
    'sessionDetails.averageMinuteAudience': time.content,
    'sessionDetails.uniqueTimePlayed': { playheads: viewed },
    'sessionDetails.pauseTime': time.pause,
    'sessionDetails.pauseCount': { events: pauses },
    'sessionDetails.adCount': { events: yield* map(ads, ({ start }) => start) },
    'sessionDetails.chapterCount': { events: yield* map(chapters, ({ start }) => start) },
    'sessionDetails.secondsSinceLastCall': { events: received.slice(-1) },
  };
  for (const marker of MARKERS) {
    const reached = yield* find(sinceMainPlay, ({ event }) => isReached(marker, knownPlayhead(event), contentLength));
    evidence[`sessionDetails.hasProgress${marker}`] = { events: [reached] };
  }
  return evidence;
}

function* qoeEvidence({ timeline }: Analysis): Work<Readonly<Record<string, Evidence>>> {
  const { intervals, time, stalls, bufferings } = timeline;
  return {
    'qoeDataDetails.bufferTime': time.buffer,
    'qoeDataDetails.bufferCount': { events: bufferings },
    'qoeDataDetails.stallTime': time.stall,
    'qoeDataDetails.stallCount': { events: yield* map(stalls, ({ from }) => intervals[from]?.from) },
    'qoeDataDetails.bitrateChangeCount': { events: timeline.bitrateChanges },
    'qoeDataDetails.bitrateAverage': { intervals: yield* filter(intervals, hasBitrate) },
    'qoeDataDetails.errorCount': { events: timeline.errors },
    'qoeDataDetails.droppedFrames': { events: [timeline.droppedFrames] },
    'qoeDataDetails.timeToStart': { events: [timeline.timeToStart] },
  };
}
