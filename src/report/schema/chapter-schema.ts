import type { Static } from 'typebox';
import * as Type from 'typebox';
import { customMetadata, flag, integer, number, seconds, text } from './field-types.ts';

const chapterDetails = Type.Object({
  /** The id of the content and the index of the chapter: `{media.id}_{index}`. */
  ID: Type.String(),
  /** The name of the chapter: `media.chapter.friendlyName`. */
  friendlyName: text,
  /** The number of the chapter: `media.chapter.index`. */
  index: integer,
  /** Where the chapter starts in the content, in seconds: `media.chapter.offset`. */
  offset: number,
  /** The length of the chapter in seconds: `media.chapter.length`. */
  length: number,
  /** Always true. */
  isStarted: Type.Literal(true),
  /** A chapterComplete came while it was open. */
  isCompleted: flag,
  /** How long content of the chapter played, in seconds. */
  timePlayed: seconds,
});

/** One entry of the chapters of a report. */
export const chapterSchema = Type.Object({
  /** The chapter. */
  chapterDetails,
  /** What the player sent under names of its own: with the session, overlaid by what it sent with the chapter. */
  customMetadata,
});

/** A chapter: XDM chapterDetails. */
export type ChapterDetails = Static<typeof chapterDetails>;

/** A chapter as the report has it. */
export type ReportedChapter = Static<typeof chapterSchema>;
