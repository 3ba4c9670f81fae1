import type { ChapterDetails, ReportedChapter } from '../schema/chapter-schema.ts';
import type { CustomMetadata } from '../schema/field-types.ts';
import type { Chapter } from '../timeline/chapters.ts';
import { wholeSeconds } from '../timeline/interval.ts';
import { flag, present, repeatable } from './fields.ts';
import { mergeMetadata } from './metadata.ts';

/** A chapter as the report has it. `metadata` is what it has of the session's. */
export function reportedChapter(chapter: Chapter, mediaId: string, metadata: CustomMetadata): ReportedChapter {
  return {
    chapterDetails: chapterDetailsOf(chapter, mediaId),
    customMetadata: mergeMetadata(metadata, chapter.event.customMetadata),
  };
}

/** XDM chapterDetails. */
function chapterDetailsOf(chapter: Chapter, mediaId: string): ChapterDetails {
  const { params } = chapter.event;
  const index = params['media.chapter.index'];
  return present<ChapterDetails>({
    ID: `${repeatable(mediaId)}_${index}`,
    friendlyName: params['media.chapter.friendlyName'],
    index,
    offset: params['media.chapter.offset'],
    length: params['media.chapter.length'],
    isStarted: true,
    isCompleted: flag(chapter.isCompleted),
    timePlayed: wholeSeconds(chapter.content.ms),
  });
}
