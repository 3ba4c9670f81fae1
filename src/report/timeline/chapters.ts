import type { EventOf } from '../../wire/events.ts';
import type { TimedEvent } from '../order/timed-event.ts';
import type { Diagnose } from './diagnose.ts';
import { type IntervalSum, noIntervals } from './interval.ts';

/** A chapter that was entered. */
export interface Chapter {
  readonly start: TimedEvent;
  readonly event: EventOf<'chapterStart'>;
  /** The content played in it: ads, pauses, buffering and stalls are none. Filled once stalls are known. */
  readonly content: IntervalSum;
  isCompleted: boolean;
}

/** The chapters of a session, as they open and close. */
export interface ChapterTracker {
  /** In the order of their start. */
  readonly chapters: Chapter[];
  /** The place of the open one among them. */
  readonly openChapter: number | undefined;
  startChapter(at: TimedEvent, event: EventOf<'chapterStart'>): void;
  endChapter(at: TimedEvent, isCompleted: boolean): void;
  /** Takes the sessionComplete: a chapter still open then that never gets its end was not closed by the player. */
  completeSession(at: TimedEvent): void;
  /** Takes the sessionEnd: a chapter still open then was not closed by the player. */
  endSession(at: TimedEvent): void;
  /** Takes what is still open as open up to the last event. */
  finish(): void;
}

/** Follows the chapters of a session. One is open at a time, and completion is its event, not its length. */
export function trackChapters(diagnose: Diagnose): ChapterTracker {
  const chapters: Chapter[] = [];
  let open: Chapter | undefined;
  /** The sessionComplete that came while it was open: its end may come after it. */
  let completion: TimedEvent | undefined;

  const indexOf = (chapter: Chapter) => String(chapter.event.params['media.chapter.index']);

  function close(): void {
    open = undefined;
    completion = undefined;
  }

  function diagnoseOpenChapter(at: TimedEvent | undefined): void {
    if (open && at) diagnose('chapter-not-closed', at, { subject: indexOf(open) });
  }

  return {
    chapters,
    get openChapter() {
      return open && chapters.length - 1;
    },
    startChapter(at, event) {
      if (open) diagnose('chapter-overlap', at, { subject: indexOf(open) });
      diagnoseOpenChapter(completion);
      close();
      open = { start: at, event, content: noIntervals(), isCompleted: false };
      chapters.push(open);
    },
    endChapter(at, isCompleted) {
      if (open === undefined) {
        diagnose('end-without-start', at, { subject: at.event.eventType });
        return;
      }
      open.isCompleted = isCompleted;
      close();
    },
    completeSession(at) {
      if (open) completion ??= at;
    },
    endSession(at) {
      diagnoseOpenChapter(completion ?? at);
      close();
    },
    finish() {
      diagnoseOpenChapter(completion);
    },
  };
}
