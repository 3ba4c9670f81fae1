import type { EventOf } from '../../wire/events.ts';
import type { TimedEvent } from '../order/timed-event.ts';
import type { Diagnose } from './diagnose.ts';
import { type IntervalSum, noIntervals, type PlaybackInterval } from './interval.ts';
import { riseIn } from './playhead.ts';

/** An ad that ran in a break. */
export interface Ad {
  readonly start: TimedEvent;
  readonly event: EventOf<'adStart'>;
  readonly adBreak: EventOf<'adBreakStart'>;
  /** The time it played. */
  readonly time: IntervalSum;
  isCompleted: boolean;
}

interface OpenAd {
  readonly ad: Ad;
  /** Whether it started in a pause, and no play came since. */
  isPaused: boolean;
  /** Whether it was diagnosed as not closed. */
  isDiagnosed: boolean;
  /** The sessionComplete that came while it was open: a post-roll ends after it. */
  completion: TimedEvent | undefined;
}

interface OpenBreak {
  readonly event: EventOf<'adBreakStart'>;
  /** How far the playhead rose since the wait for an ad began, in milliseconds; seeks in a pause apart. */
  rise: number;
  /** Whether it was diagnosed as not closed. */
  isDiagnosed: boolean;
  /** The sessionComplete that came while it was open: a post-roll ends after it. */
  completion: TimedEvent | undefined;
}

/** The ads of a session and the breaks they run in, as they open and close. */
export interface AdTracker {
  /** In the order of their start. */
  readonly ads: Ad[];
  readonly openAd: Ad | undefined;
  readonly inBreak: boolean;
  startBreak(at: TimedEvent, event: EventOf<'adBreakStart'>): void;
  startAd(at: TimedEvent, event: EventOf<'adStart'>, isPaused: boolean): void;
  /** Takes a play: whatever ad is open no longer waits in a pause. */
  play(): void;
  endAd(at: TimedEvent, isCompleted: boolean): void;
  endBreak(at: TimedEvent): void;
  /** Takes an interval in the break without an ad. */
  waitInBreak(interval: PlaybackInterval): void;
  /** Takes the sessionComplete: what is still open then and never gets its end was not closed by the player. */
  completeSession(at: TimedEvent): void;
  /** Takes the sessionEnd: what is still open then was not closed by the player. */
  endSession(at: TimedEvent): void;
  /** Takes what is still open as open up to the last event. */
  finish(last: TimedEvent): void;
}

/**
 * Follows the ads of a session (doc: ad-start, ad-break-complete). The playhead of live content rises while the
 * viewer waits for an ad too, so there it does not tell that content runs.
 */
export function trackAds(isLive: boolean, diagnose: Diagnose): AdTracker {
  const ads: Ad[] = [];
  let adBreak: OpenBreak | undefined;
  let open: OpenAd | undefined;

  function closeAd(at: TimedEvent, isCompleted: boolean): void {
    if (open === undefined) return;
    open.ad.isCompleted = isCompleted;
    diagnosePausedAd(at, open);
    open = undefined;
  }

  function diagnosePausedAd(at: TimedEvent, { ad, isPaused }: OpenAd): void {
    if (isPaused) diagnose('ad-while-paused', at, { subject: ad.event.params['media.ad.id'] });
  }

  function diagnoseOpenAd(at: TimedEvent): void {
    if (open === undefined || open.isDiagnosed) return;
    open.isDiagnosed = true;
    diagnose('ad-not-closed', open.completion ?? at, { subject: open.ad.event.params['media.ad.id'] });
  }

  function diagnoseOpenBreak(at: TimedEvent): void {
    if (adBreak === undefined || adBreak.isDiagnosed) return;
    adBreak.isDiagnosed = true;
    diagnose('break-not-closed', at, { subject: String(adBreak.event.params['media.ad.podIndex']) });
  }

  return {
    ads,
    get openAd() {
      return open?.ad;
    },
    get inBreak() {
      return adBreak !== undefined;
    },
    startBreak(at, event) {
      diagnoseOpenAd(at);
      diagnoseOpenBreak(adBreak?.completion ?? at);
      closeAd(at, false);
      adBreak = { event, rise: 0, isDiagnosed: false, completion: undefined };
    },
    startAd(at, event, isPaused) {
      if (adBreak === undefined) {
        // Ignored: its time stays content (doc: ad-start, ad-break-complete).
        diagnose('ad-outside-break', at, { subject: event.params['media.ad.id'] });
        return;
      }
      diagnoseOpenAd(at);
      closeAd(at, false);
      adBreak.rise = 0;
      const ad = { start: at, event, adBreak: adBreak.event, time: noIntervals(), isCompleted: false };
      ads.push(ad);
      open = { ad, isPaused, isDiagnosed: false, completion: undefined };
    },
    play() {
      if (open) open.isPaused = false;
    },
    endAd(at, isCompleted) {
      if (open === undefined) diagnose('end-without-start', at, { subject: at.event.eventType });
      closeAd(at, isCompleted);
    },
    endBreak(at) {
      if (adBreak === undefined) diagnose('end-without-start', at, { subject: at.event.eventType });
      diagnoseOpenAd(at);
      closeAd(at, false);
      adBreak = undefined;
    },
    waitInBreak(interval) {
      if (adBreak === undefined || isLive) return;
      adBreak.rise += riseIn(interval);
      if (adBreak.rise > 1000) diagnoseOpenBreak(interval.to);
    },
    completeSession(at) {
      if (open) open.completion ??= at;
      if (adBreak) adBreak.completion ??= at;
    },
    endSession(at) {
      diagnoseOpenAd(at);
      diagnoseOpenBreak(adBreak?.completion ?? at);
    },
    finish(last) {
      if (open) diagnosePausedAd(last, open);
      if (open?.completion) diagnoseOpenAd(last);
      if (adBreak?.completion) diagnoseOpenBreak(adBreak.completion);
    },
  };
}
