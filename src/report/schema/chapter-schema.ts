import type { Static } from 'typebox';
import * as Type from 'typebox';
import { customMetadata, flag, integer, number, requiredText, seconds, text } from './field-types.ts';

const chapterDetails = Type.Object(
  {
    /** The id of the content and the index of the chapter: `{media.id}_{index}`. */
    ID: requiredText('The id of the content and the index of the chapter: `{media.id}_{index}`.'),
    /** The name of the chapter: `media.chapter.friendlyName`. */
    friendlyName: text('The name of the chapter: `media.chapter.friendlyName`.'),
    /** The number of the chapter: `media.chapter.index`. */
    index: integer('The number of the chapter: `media.chapter.index`.'),
    /** Where the chapter starts in the content, in seconds: `media.chapter.offset`. */
    offset: Type.Number({
      description: 'Where the chapter starts in the content, in seconds: `media.chapter.offset`.',
    }),
    /** The length of the chapter in seconds: `media.chapter.length`. */
    length: number('The length of the chapter in seconds: `media.chapter.length`.'),
    /** Always true. */
    isStarted: Type.Literal(true, { description: 'Always true.' }),
    /** A chapterComplete came while it was open. */
    isCompleted: flag('A chapterComplete came while it was open.'),
    /** How long content of the chapter played, in seconds. */
    timePlayed: seconds('How long content of the chapter played, in seconds.'),
  },
  { description: 'The chapter.' },
);

/** One entry of the chapters of a report. */
export const chapterSchema = Type.Object({
  /** The chapter. */
  chapterDetails,
  /** What the player sent under names of its own: with the session, overlaid by what it sent with the chapter. */
  customMetadata: customMetadata(
    'What the player sent under names of its own: with the session, overlaid by what it sent with the chapter.',
  ),
});

/** A chapter: XDM chapterDetails. */
export type ChapterDetails = Static<typeof chapterDetails>;

/** A chapter as the report has it. */
export type ReportedChapter = Static<typeof chapterSchema>;
