import type { Diagnose } from '../timeline/diagnose.ts';
import { gapBetween, lengthOf, type PlaybackInterval } from '../timeline/interval.ts';
import { riseIn } from '../timeline/playhead.ts';
import type { SessionTraits } from '../timeline/session-traits.ts';
import type { Timeline } from '../timeline/timeline.ts';

/** How often a ping is due, in milliseconds. The mobile SDKs record one every 50 s for downloaded content. */
const PING_INTERVAL = 10_000;
const DOWNLOADED_PING_INTERVAL = 50_000;

/** Diagnoses the time between events. */
export function checkIntervals(timeline: Timeline, traits: SessionTraits, diagnose: Diagnose): void {
  const { isDownloaded, isLive, idle } = traits;
  checkGaps(timeline, 3 * (isDownloaded ? DOWNLOADED_PING_INTERVAL : PING_INTERVAL), idle, diagnose);
  checkMainPlay(timeline, isLive, diagnose);
  checkMovement(timeline, diagnose);
}

function checkGaps({ intervals, completion }: Timeline, longest: number, idle: number, diagnose: Diagnose): void {
  let completed = false;
  for (const { from, to } of intervals) {
    const gap = gapBetween(from, to);
    completed ||= from === completion;
    if (gap > idle) diagnose('clock-jump', to, { amount: gap / 1000 });
    else if (gap > longest && !completed) diagnose('missing-pings', to, { amount: gap / 1000 });
  }
}

/**
 * A playhead that rises while nothing plays is content that nobody announced. The second of the day rises before the
 * player starts too, so of live content it only tells once a play has come.
 */
function checkMainPlay({ time, sinceMainPlay }: Timeline, isLive: boolean, diagnose: Diagnose): void {
  if (sinceMainPlay.length > 0) return;
  for (const interval of isLive ? time.unannounced : [...time.starting, ...time.unannounced]) {
    const rise = riseIn(interval);
    if (rise > 1000) diagnose('no-main-play', interval.to, { amount: rise / 1000 });
  }
}

/**
 * A player that never moves its playhead has stalls and no content time, as documented (doc: stall-events,
 * content-time-spent).
 */
function checkMovement({ time, stalls }: Timeline, diagnose: Diagnose): void {
  const first = stalls[0]?.[0];
  if (first === undefined || time.content.some(isMoving)) return;
  diagnose('playhead-frozen', first.from, { amount: lengthOf(time.stall) / 1000 });
}

function isMoving({ playheadFrom, playheadTo }: PlaybackInterval): boolean {
  return playheadFrom !== undefined && playheadFrom !== playheadTo;
}
