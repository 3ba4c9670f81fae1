import { stateNameOf } from '../order/brackets.ts';
import type { TimedEvent } from '../order/timed-event.ts';
import { type AdTracker, trackAds } from './ads.ts';
import { type ChapterTracker, trackChapters } from './chapters.ts';
import type { Diagnose } from './diagnose.ts';
import { type Activity, addInterval, type PlaybackInterval } from './interval.ts';
import { type Readings, takeReadings } from './readings.ts';
import type { SessionTraits } from './session-traits.ts';
import { type State, type StateTracker, trackStates } from './states.ts';

/** A session as it is played through: what is on and open after the events so far, and what they left. */
export interface Playback {
  player: 'starting' | 'play' | 'pause' | 'buffer' | 'ended';
  /** The first play outside a break, once it came. */
  mainPlay: { readonly at: TimedEvent; readonly playhead: number | undefined } | undefined;
  /** The last playhead known, in seconds. */
  playhead: number | undefined;
  /** The playhead of the sessionStart, once that came; unknown for good when it was unknown there. */
  start: { readonly playhead: number | undefined } | undefined;
  readonly readings: Readings;
  /** The sum of the lengths of all intervals so far, in milliseconds. */
  elapsed: number;
  completion: TimedEvent | undefined;
  readonly pauses: TimedEvent[];
  readonly bufferings: TimedEvent[];
  readonly bitrateChanges: TimedEvent[];
  readonly errors: TimedEvent[];
  readonly ads: AdTracker;
  readonly chapters: ChapterTracker;
  readonly states: StateTracker;
  readonly diagnose: Diagnose;
}

/** The playback before the first event. */
export function startPlayback({ isLive }: SessionTraits, diagnose: Diagnose): Playback {
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
    ads: trackAds(isLive, diagnose),
    chapters: trackChapters(diagnose),
    states: trackStates(diagnose),
    diagnose,
  };
}

/** What the time from now on counts as: the first that holds. Pre-rolls come before any play, so an ad needs none. */
export function activityOf({ player, ads, mainPlay }: Playback): Activity {
  if (player === 'pause' || player === 'buffer') return player;
  if (ads.openAd) return 'ad';
  if (ads.inBreak) return 'break';
  if (player === 'play') return mainPlay ? 'content' : 'unannounced';
  return player;
}

/** Takes the interval to the next event: for the ad or the ad break that is open in it. */
export function passInterval(interval: PlaybackInterval, playback: Playback): void {
  const { ads } = playback;
  playback.elapsed += interval.ms;
  if (interval.activity === 'ad' && ads.openAd) addInterval(interval, ads.openAd.time);
  if (interval.activity === 'break') ads.waitInBreak(interval);
}

/** Takes an event: what it starts, ends or says. */
export function applyEvent(at: TimedEvent, playback: Playback): void {
  const { event } = at;
  const { ads, chapters, states, elapsed } = playback;
  takeReadings(playback.readings, at, playback.mainPlay !== undefined);
  switch (event.eventType) {
    case 'ping':
      break;
    case 'sessionStart':
      playback.start ??= { playhead: playback.playhead }; // a client may send another, which opens nothing
      break;
    case 'play':
      playback.player = 'play';
      ads.play();
      if (ads.inBreak) break; // it is the ad's, and no content start (doc: content-starts)
      playback.mainPlay ??= { at, playhead: playback.playhead };
      if (playback.completion) playback.diagnose('play-after-complete', at);
      break;
    case 'pauseStart':
      if (playback.player !== 'pause') playback.pauses.push(at);
      playback.player = 'pause';
      break;
    case 'bufferStart':
      if (playback.player !== 'buffer') playback.bufferings.push(at);
      playback.player = 'buffer';
      break;
    case 'adBreakStart':
      diagnoseLatePreroll(at, playback);
      ads.startBreak(at, event);
      break;
    case 'adStart':
      ads.startAd(at, event, playback.player === 'pause');
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
      if (!playback.mainPlay) playback.diagnose('complete-without-play', at);
      playback.completion ??= at;
      playback.player = 'ended';
      ads.completeSession(at);
      chapters.completeSession(at);
      break;
    case 'sessionEnd':
      ads.endSession(at);
      chapters.endSession(at);
      break;
    case 'error':
      playback.errors.push(at); // does not stop content time (doc: content-time-spent)
      break;
    case 'bitrateChange':
      playback.bitrateChanges.push(at);
      break;
  }
}

/** Ends the playback: what is still open after the last event was open up to it. Gives the player states. */
export function endPlayback(last: TimedEvent, { ads, chapters, states, elapsed }: Playback): State[] {
  ads.finish(last);
  chapters.finish();
  return states.finish(last, elapsed);
}

function diagnoseLatePreroll(at: TimedEvent, { start, mainPlay, playhead, ads, diagnose }: Playback): void {
  if (mainPlay === undefined || ads.ads.length > 0) return;
  const amount = at.time - mainPlay.at.time;
  const notMoved = playhead === mainPlay.playhead && playhead === start?.playhead;
  if (amount < 1000 && notMoved) diagnose('play-before-preroll', at, { amount });
}
