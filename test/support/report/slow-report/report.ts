import type { StoredEvent } from '../../../../src/session/session.ts';
import { withClockSetRight } from './clock.ts';
import {
  adsOf,
  closingOf,
  entries,
  inBreak,
  isOpen,
  isPlayed,
  isStateOn,
  isType,
  known,
  lastPlayhead,
  openAd,
  opensState,
  paramOf,
  playerAfter,
  stateName,
} from './history.ts';
import { ordered } from './order.ts';

/**
 * The numbers of a report a second time: slow, and each rule said over the list of all events before a time
 * instead of by a state that is carried along. Time is counted a tenth of a second at a time, so `ts` has to
 * be a multiple of 100 ms; the content is counted a second at a time, so playheads have to be whole.
 */
export function slowReport(arrived: readonly StoredEvent[], idle: number) {
  const clock = withClockSetRight(arrived, idle);
  const all = ordered(clock.events);
  const end = all.findIndex(isType('sessionEnd'));
  const events = end === -1 ? all : all.slice(0, end + 1);
  const seconds = withStalls(events.slice(1).map((_, at) => intervalAfter(events, at + 1, idle)));
  const ticks = (...kinds: string[]) => seconds.filter(({ kind }) => kinds.includes(kind));
  const played = events.findIndex((_, at) => isPlayed(events.slice(0, at + 1)));
  const sincePlay = played === -1 ? [] : events.slice(played);
  const playheads = sincePlay.map(({ event }) => known(event)).filter((playhead) => playhead !== undefined);
  const weighted = ticks('content', 'ad').filter(({ bitrate }) => bitrate !== undefined);

  return {
    timePlayed: rounded(ticks('content')),
    totalTimePlayed: rounded(ticks('content', 'ad')),
    uniqueTimePlayed: new Set(ticks('content').flatMap(({ viewed }) => viewed)).size,
    pauseTime: rounded(ticks('pause')),
    bufferTime: rounded(ticks('buffer')),
    stallTime: rounded(ticks('stall')),
    stallCount: new Set(ticks('stall').map(({ run }) => run)).size,
    pauseCount: entries(events, 'pauseStart', 'pause'),
    bufferCount: entries(events, 'bufferStart', 'buffer'),
    clockJumps: clockJumps(clock.steps, events, idle),
    isPlayed: played !== -1,
    isCompleted: events.some(isType('sessionComplete')),
    reached50: playheads.some((playhead) => playhead >= 50), // the length is 100
    segment: playheads.length === 0 ? undefined : segment(Math.min(...playheads), Math.max(...playheads)),
    bitrateAverage:
      tenths(weighted) === 0
        ? undefined
        : Math.floor(
            weighted.reduce((sum, each) => sum + (each.bitrate ?? 0) * each.tenths, 0) / tenths(weighted) + 0.5,
          ),
    ads: adsOf(events).map((start) => ({
      name: paramOf(start, 'media.ad.id'),
      index: paramOf(events.slice(0, events.indexOf(start)).findLast(isType('adBreakStart')), 'media.ad.podIndex'),
      isCompleted:
        closingOf(events, start, ['adComplete', 'adSkip', 'adBreakComplete', 'adBreakStart']) === 'adComplete',
      timePlayed: rounded(ticks('ad').filter(({ ad }) => ad === start)),
    })),
    chapters: events.filter(isType('chapterStart')).map((start) => ({
      index: paramOf(start, 'media.chapter.index'),
      isCompleted: closingOf(events, start, ['chapterComplete', 'chapterSkip', 'chapterStart']) === 'chapterComplete',
      timePlayed: rounded(ticks('content').filter(({ chapter }) => chapter === start)),
    })),
    states: [...new Set(events.filter(isType('stateStart')).map(stateName))].map((name) => ({
      name,
      count: events.filter((event, at) => opensState(event, events.slice(0, at), name)).length,
      time: rounded(seconds.filter(({ states }) => states.includes(name))),
    })),
  };
}

/** How often the clock of the client jumped, and by how many milliseconds at most: forward or back. */
function clockJumps(steps: readonly number[], events: readonly StoredEvent[], idle: number) {
  const gaps = events.slice(1).map((to, at) => to.event.playerTime.ts - (events[at]?.event.playerTime.ts ?? 0));
  const jumps = [...steps, ...gaps.filter((gap) => gap > idle)];
  const largest = jumps.length === 0 ? 0 : Math.max(...jumps.map(Math.abs));
  return { count: jumps.length, largest };
}

interface Interval {
  readonly from: StoredEvent;
  readonly to: StoredEvent;
  readonly tenths: number;
  kind: string;
  run: number;
  readonly ad: StoredEvent | undefined;
  readonly chapter: StoredEvent | undefined;
  readonly states: readonly (string | undefined)[];
  readonly bitrate: number | undefined;
  /** The seconds of the content that were viewed. */
  readonly viewed: readonly number[];
}

function intervalAfter(events: readonly StoredEvent[], at: number, idle: number): Interval {
  const before = events.slice(0, at);
  const from = events[at - 1];
  const to = events[at];
  if (from === undefined || to === undefined) throw new Error('An interval has two events');
  const tenths = countTenths(from, to, idle);
  const names = new Set(before.filter(isType('stateStart')).map(stateName));
  return {
    from,
    to,
    tenths,
    kind: kindAfter(before),
    run: 0,
    ad: openAd(before),
    chapter: isOpen(before, ['chapterStart'], ['chapterComplete', 'chapterSkip']),
    states: [...names].filter((name) => isStateOn(before, name)),
    bitrate: before
      .map(({ event }) => event.qoeData?.['media.qoe.bitrate'])
      .findLast((value) => typeof value === 'number'),
    viewed: viewedSeconds(lastPlayhead(before), lastPlayhead([...before, to]), tenths / 10),
  };
}

function kindAfter(before: readonly StoredEvent[]): string {
  const player = playerAfter(before);
  if (player === 'pause' || player === 'buffer') return player;
  if (openAd(before)) return 'ad';
  if (inBreak(before)) return 'nothing';
  return player === 'play' && isPlayed(before) ? 'content' : 'nothing';
}

function countTenths(from: StoredEvent, to: StoredEvent, idle: number): number {
  const byClient = to.event.playerTime.ts - from.event.playerTime.ts;
  const byServer = Math.min(to.receivedAt - from.receivedAt, idle);
  let tenths = 0;
  for (let ms = 0; ms < (byClient > idle ? byServer : byClient); ms += 100) tenths += 1;
  return tenths;
}

function viewedSeconds(from: number | undefined, to: number | undefined, seconds: number): number[] {
  if (from === undefined || to === undefined) return [];
  const viewed: number[] = [];
  if (from < to && to - from <= 3 * seconds + 1) for (let second = from; second < to; second += 1) viewed.push(second);
  return viewed; // no session here is near midnight
}

/** Numbers the frozen runs and turns those with three samples, a second apart, into stalls. */
function withStalls(intervals: Interval[]): Interval[] {
  const isFrozen = ({ kind, from, to }: Interval) =>
    kind === 'content' && known(from.event) !== undefined && known(from.event) === known(to.event);
  intervals.forEach((interval, at) => {
    const previous = intervals[at - 1];
    const goesOn = previous !== undefined && isFrozen(previous) && isFrozen(interval);
    interval.run = (previous?.run ?? 0) + (goesOn ? 0 : 1);
  });
  const frozen = intervals.filter(isFrozen);
  for (const run of new Set(frozen.map((interval) => interval.run))) {
    const members = frozen.filter((interval) => interval.run === run);
    const times = members.map((_, at) => tenths(members.slice(0, at + 1)));
    const samples = [0];
    for (const time of times) if (time >= (samples.at(-1) ?? 0) + 10) samples.push(time);
    if (samples.length >= 3) for (const member of members) member.kind = 'stall';
  }
  return intervals;
}

function tenths(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, interval) => sum + interval.tenths, 0);
}

function rounded(intervals: readonly Interval[]): number {
  return Math.floor((tenths(intervals) + 5) / 10);
}

function segment(least: number, greatest: number): string {
  const from = Math.floor(least / 60);
  return `[${from}-${Math.max(from + 1, Math.ceil(greatest / 60))}]`;
}
