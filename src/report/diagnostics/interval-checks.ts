import { gapBetween, type Interval, lengthOf, riseIn } from '../timeline/interval.ts';
import type { Circumstances } from '../timeline/session-traits.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { Remark } from './diagnostics.ts';

/** How often a ping is due, in milliseconds. The mobile SDKs record one every 50 s for downloaded content. */
const PING_INTERVAL = 10_000;
const DOWNLOADED_PING_INTERVAL = 50_000;

/** Remarks on the time between events. */
export function checkIntervals(timeline: Timeline, circumstances: Circumstances, remark: Remark): void {
  const { isDownloaded, isLive, idle } = circumstances;
  checkGaps(timeline, 3 * (isDownloaded ? DOWNLOADED_PING_INTERVAL : PING_INTERVAL), idle, remark);
  checkMainPlay(timeline, isLive, remark);
  checkMovement(timeline, remark);
}

function checkGaps({ intervals, completion }: Timeline, longest: number, idle: number, remark: Remark): void {
  let completed = false;
  for (const { from, to } of intervals) {
    const gap = gapBetween(from, to);
    completed ||= from === completion;
    if (gap > idle) remark('clock-jump', to, { amount: gap / 1000 });
    else if (gap > longest && !completed) remark('missing-pings', to, { amount: gap / 1000 });
  }
}

/**
 * A playhead that rises while nothing plays is content that nobody announced. The second of the day rises before the
 * player starts too, so of live content it only tells once a play has come.
 */
function checkMainPlay({ time, sinceMainPlay }: Timeline, isLive: boolean, remark: Remark): void {
  if (sinceMainPlay.length > 0) return;
  for (const interval of isLive ? time.unannounced : [...time.starting, ...time.unannounced]) {
    const rise = riseIn(interval);
    if (rise > 1000) remark('no-main-play', interval.to, { amount: rise / 1000 });
  }
}

/** A player that never moves its playhead has stalls and no content time, as documented (doc: stall-events). */
function checkMovement({ time, stalls }: Timeline, remark: Remark): void {
  const first = stalls[0]?.[0];
  if (first === undefined || time.content.some(isMoving)) return;
  remark('playhead-frozen', first.from, { amount: lengthOf(time.stall) / 1000 });
}

function isMoving({ playheadFrom, playheadTo }: Interval): boolean {
  return playheadFrom !== undefined && playheadFrom !== playheadTo;
}
