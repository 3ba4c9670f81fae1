import type { StoredEvent } from '../../session/session.ts';
import type { EventOf } from '../../wire/events.ts';
import type { Diagnose } from './diagnose.ts';
import type { PlaybackInterval } from './interval.ts';
import { riseIn } from './playhead.ts';

/** An ad that ran in a break. */
export interface Ad {
  readonly start: StoredEvent;
  readonly event: EventOf<'adStart'>;
  readonly adBreak: EventOf<'adBreakStart'>;
  /** The time it played. */
  readonly intervals: PlaybackInterval[];
  isCompleted: boolean;
}

interface OpenAd {
  readonly ad: Ad;
  /** It started in a pause, and no play came since. */
  paused: boolean;
  diagnosed: boolean;
  /** The sessionComplete that came while it was open: a post-roll ends after it. */
  completion: StoredEvent | undefined;
}

interface OpenBreak {
  readonly event: EventOf<'adBreakStart'>;
  /** How far the playhead is from where it was when the wait for an ad began, in milliseconds; seeks in a pause apart. */
  rise: number;
  diagnosed: boolean;
  /** The sessionComplete that came while it was open: a post-roll ends after it. */
  completion: StoredEvent | undefined;
}

/** The ads of a session and the breaks they run in, as they open and close. */
export interface AdTracker {
  /** In the order of their start. */
  readonly ads: Ad[];
  readonly openAd: Ad | undefined;
  readonly inBreak: boolean;
  startBreak(at: StoredEvent, event: EventOf<'adBreakStart'>): void;
  startAd(at: StoredEvent, event: EventOf<'adStart'>, paused: boolean): void;
  /** The player plays, so that a pause no longer hides the ad. */
  play(): void;
  endAd(at: StoredEvent, completed: boolean): void;
  endBreak(at: StoredEvent): void;
  /** Time in the break without an ad. */
  waitInBreak(interval: PlaybackInterval): void;
  /** sessionComplete: what is still open then and never gets its end was not closed by the player. */
  complete(at: StoredEvent): void;
  /** sessionEnd: what is still open then was not closed by the player. */
  endOfSession(at: StoredEvent): void;
  /** The last event: what is still open stays so. */
  lastEvent(at: StoredEvent): void;
}

/**
 * Follows the ads of a session (doc: ad-start, ad-break-complete). The playhead of live content rises while the
 * viewer waits for an ad too, so there it does not tell that content runs.
 */
export function trackAds(isLive: boolean, diagnose: Diagnose): AdTracker {
  const ads: Ad[] = [];
  let adBreak: OpenBreak | undefined;
  let open: OpenAd | undefined;

  function closeAd(at: StoredEvent, completed: boolean): void {
    if (open === undefined) return;
    open.ad.isCompleted = completed;
    diagnosePaused(at, open);
    open = undefined;
  }

  function diagnosePaused(at: StoredEvent, { ad, paused }: OpenAd): void {
    if (paused) diagnose('ad-while-paused', at, { subject: ad.event.params['media.ad.id'] });
  }

  function diagnoseOpenAd(at: StoredEvent): void {
    if (open === undefined || open.diagnosed) return;
    open.diagnosed = true;
    diagnose('ad-not-closed', open.completion ?? at, { subject: open.ad.event.params['media.ad.id'] });
  }

  function diagnoseOpenBreak(at: StoredEvent): void {
    if (adBreak === undefined || adBreak.diagnosed) return;
    adBreak.diagnosed = true;
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
      adBreak = { event, rise: 0, diagnosed: false, completion: undefined };
    },
    startAd(at, event, paused) {
      if (adBreak === undefined) {
        // Ignored: its time stays content (doc: ad-start, ad-break-complete).
        diagnose('ad-outside-break', at, { subject: event.params['media.ad.id'] });
        return;
      }
      diagnoseOpenAd(at);
      closeAd(at, false);
      adBreak.rise = 0;
      const ad = { start: at, event, adBreak: adBreak.event, intervals: [], isCompleted: false };
      ads.push(ad);
      open = { ad, paused, diagnosed: false, completion: undefined };
    },
    play() {
      if (open) open.paused = false;
    },
    endAd(at, completed) {
      if (open === undefined) diagnose('end-without-start', at, { subject: at.event.eventType });
      closeAd(at, completed);
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
    complete(at) {
      if (open) open.completion ??= at;
      if (adBreak) adBreak.completion ??= at;
    },
    endOfSession(at) {
      diagnoseOpenAd(at);
      diagnoseOpenBreak(adBreak?.completion ?? at);
    },
    lastEvent(at) {
      if (open) diagnosePaused(at, open);
      if (open?.completion) diagnoseOpenAd(at);
      if (adBreak?.completion) diagnoseOpenBreak(adBreak.completion);
    },
  };
}
