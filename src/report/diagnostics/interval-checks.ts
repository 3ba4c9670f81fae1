import { each, find } from '../../common/list-work.ts';
import type { Work } from '../../common/work.ts';
import type { Diagnose } from '../timeline/diagnose.ts';
import { gapBetween, type PlaybackInterval } from '../timeline/interval.ts';
import { riseIn } from '../timeline/playhead.ts';
import type { SessionTraits } from '../timeline/session-traits.ts';
import type { Timeline } from '../timeline/timeline.ts';

/** How often a ping is due, in milliseconds. The mobile SDKs record one every 50 s for downloaded content. */
const PING_INTERVAL = 10_000;
const DOWNLOADED_PING_INTERVAL = 50_000;

/** Up to this gap, in milliseconds, a browser may have throttled the tab: in the background it sends once a minute. */
const USUAL_GAP = 90_000;

/** Diagnoses the time between events. */
export function* checkIntervals(timeline: Timeline, traits: SessionTraits, diagnose: Diagnose): Work<void> {
  yield* checkGaps(timeline, traits, diagnose);
  yield* checkMainPlay(timeline, traits.isLive, diagnose);
  yield* checkMovement(timeline, diagnose);
}

/** A gap is one by the client's clock and by the arrivals both: a queue that waited has none of its own. */
function* checkGaps({ intervals, completion }: Timeline, traits: SessionTraits, diagnose: Diagnose): Work<void> {
  const { isDownloaded, idle, wrongUnit } = traits;
  const longest = 3 * (isDownloaded ? DOWNLOADED_PING_INTERVAL : PING_INTERVAL);
  let completed = false;
  yield* each(intervals, ({ from, to, activity }) => {
    const gap = gapBetween(from, to);
    completed ||= from === completion;
    if (gap > idle) {
      if (!wrongUnit) diagnose('clock-jump', to, { amount: gap / 1000 });
      return;
    }
    const silence = isDownloaded ? gap : Math.min(gap, to.receivedAt - from.receivedAt);
    if (silence <= longest || completed) return;
    const isUsual = activity === 'pause' || silence <= USUAL_GAP;
    diagnose('missing-pings', to, { amount: silence / 1000, ...(isUsual && { severity: 'info' }) });
  });
}

/**
 * A playhead that rises while nothing plays is content that nobody announced. The second of the day rises before the
 * player starts too, so of live content it only tells once a play has come.
 */
function* checkMainPlay({ time, sinceMainPlay }: Timeline, isLive: boolean, diagnose: Diagnose): Work<void> {
  if (sinceMainPlay.length > 0) return;
  const check = (interval: PlaybackInterval) => {
    const rise = riseIn(interval);
    if (rise > 1000) diagnose('no-main-play', interval.to, { amount: rise / 1000 });
  };
  if (!isLive) yield* each(time.starting.intervals, check);
  yield* each(time.unannounced.intervals, check);
}

/**
 * A player that never moves its playhead has stalls and no content time, as documented (doc: stall-events,
 * content-time-spent).
 */
function* checkMovement({ time, stalls, intervals }: Timeline, diagnose: Diagnose): Work<void> {
  const first = stalls[0] && intervals[stalls[0].from];
  if (first === undefined || (yield* find(time.content.intervals, isMoving))) return;
  diagnose('playhead-frozen', first.from, { amount: time.stall.ms / 1000 });
}

function isMoving({ playheadFrom, playheadTo }: PlaybackInterval): boolean {
  return playheadFrom !== undefined && playheadFrom !== playheadTo;
}
