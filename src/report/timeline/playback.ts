import type { StoredEvent } from '../../session/session.ts';
import type { Remark } from '../diagnostics/diagnostics.ts';
import { stateNameOf } from '../order/brackets.ts';
import { type AdTracker, trackAds } from './ads.ts';
import { type ChapterTracker, trackChapters } from './chapters.ts';
import type { Activity, Interval } from './interval.ts';
import { type Readings, read } from './readings.ts';
import type { Circumstances } from './session-traits.ts';
import { type State, type StateTracker, trackStates } from './states.ts';

/** What is true at one moment of a session. */
export interface Walk {
  player: 'starting' | 'play' | 'pause' | 'buffer' | 'ended';
  /** The first play outside a break, once it came. */
  mainPlay: { readonly at: StoredEvent; readonly playhead: number | undefined } | undefined;
  /** The last playhead known, in seconds. */
  playhead: number | undefined;
  /** The playhead of the sessionStart, once that came; unknown for good when it was unknown there. */
  start: { readonly playhead: number | undefined } | undefined;
  readonly readings: Readings;
  /** The sum of the lengths of all intervals so far, in milliseconds. */
  elapsed: number;
  completion: StoredEvent | undefined;
  readonly pauses: StoredEvent[];
  readonly bufferings: StoredEvent[];
  readonly bitrateChanges: StoredEvent[];
  readonly errors: StoredEvent[];
  readonly ads: AdTracker;
  readonly chapters: ChapterTracker;
  readonly states: StateTracker;
  readonly remark: Remark;
}

export function startWalk({ isLive }: Circumstances, remark: Remark): Walk {
  return {
    player: 'starting',
    mainPlay: undefined,
    playhead: undefined,
    start: undefined,
    readings: { bitrate: undefined, droppedFrames: undefined, timeToStart: undefined },
    elapsed: 0,
    completion: undefined,
    pauses: [],
    bufferings: [],
    bitrateChanges: [],
    errors: [],
    ads: trackAds(isLive, remark),
    chapters: trackChapters(remark),
    states: trackStates(remark),
    remark,
  };
}

/** What the time from now on counts as: the first that holds. Pre-rolls come before any play, so an ad needs none. */
export function activityOf({ player, ads, mainPlay }: Walk): Activity {
  if (player === 'pause' || player === 'buffer') return player;
  if (ads.openAd) return 'ad';
  if (ads.inBreak) return 'break';
  if (player === 'play') return mainPlay ? 'content' : 'unannounced';
  return player;
}

/** Gives an interval to what it belongs to. */
export function spend(interval: Interval, walk: Walk): void {
  const { ads, chapters } = walk;
  walk.elapsed += interval.ms;
  if (interval.activity === 'ad') ads.openAd?.intervals.push(interval);
  if (interval.activity === 'break') ads.waitInBreak(interval);
  if (interval.activity === 'content') chapters.openChapter?.intervals.push(interval);
}

/** Makes true what an event says. */
export function applyEvent(at: StoredEvent, walk: Walk): void {
  const { event } = at;
  const { ads, chapters, states, elapsed } = walk;
  read(walk.readings, at, walk.mainPlay !== undefined);
  switch (event.eventType) {
    case 'ping':
      break;
    case 'sessionStart':
      walk.start ??= { playhead: walk.playhead }; // a client may send another, which opens nothing
      break;
    case 'play':
      walk.player = 'play';
      ads.play();
      // A play in a break is the ad's, and no content start (doc: content-starts).
      if (!ads.inBreak) walk.mainPlay ??= { at, playhead: walk.playhead };
      break;
    case 'pauseStart':
      if (walk.player !== 'pause') walk.pauses.push(at);
      walk.player = 'pause';
      break;
    case 'bufferStart':
      if (walk.player !== 'buffer') walk.bufferings.push(at);
      walk.player = 'buffer';
      break;
    case 'adBreakStart':
      remarkLatePreroll(at, walk);
      ads.startBreak(at, event);
      break;
    case 'adStart':
      ads.startAd(at, event, walk.player === 'pause');
      break;
    case 'adComplete':
    case 'adSkip':
      ads.endAd(at, event.eventType === 'adComplete');
      break;
    case 'adBreakComplete':
      ads.endBreak(at);
      break;
    case 'chapterStart':
      chapters.startChapter(at, event);
      break;
    case 'chapterComplete':
    case 'chapterSkip':
      chapters.endChapter(at, event.eventType === 'chapterComplete');
      break;
    case 'stateStart':
      states.start(at, stateNameOf(event), elapsed);
      break;
    case 'stateEnd':
      states.end(at, stateNameOf(event), elapsed);
      break;
    case 'sessionComplete':
      if (!walk.mainPlay) walk.remark('complete-without-play', at);
      walk.completion ??= at;
      walk.player = 'ended';
      ads.complete(at);
      chapters.complete(at);
      break;
    case 'sessionEnd':
      ads.endOfSession(at);
      chapters.endOfSession(at);
      break;
    case 'error':
      walk.errors.push(at); // does not stop content time (doc: content-time-spent)
      break;
    case 'bitrateChange':
      walk.bitrateChanges.push(at);
      break;
  }
}

/** What is still open after the last event was open up to it. */
export function endWalk(last: StoredEvent, { ads, chapters, states, elapsed }: Walk): State[] {
  ads.lastEvent(last);
  chapters.lastEvent();
  return states.finish(last, elapsed);
}

function remarkLatePreroll(at: StoredEvent, { start, mainPlay, playhead, ads, remark }: Walk): void {
  if (mainPlay === undefined || ads.ads.length > 0) return;
  const amount = at.event.playerTime.ts - mainPlay.at.event.playerTime.ts;
  const notMoved = playhead === mainPlay.playhead && playhead === start?.playhead;
  if (amount < 1000 && notMoved) remark('play-before-preroll', at, { amount });
}
