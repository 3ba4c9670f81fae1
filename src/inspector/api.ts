import type { Rejection } from '../collector/hooks.ts';
import type { LaneKind } from '../report/lanes.ts';
import type { ReportedAd } from '../report/schema/ad-schema.ts';
import type { ReportedChapter } from '../report/schema/chapter-schema.ts';
import type { SessionReport } from '../report/schema/report-schema.ts';
import type { PlayheadRange } from '../report/timeline/viewed-ranges.ts';
import type { CloseReason, StoredEvent } from '../session/session.ts';

/** A session as a list shows it. Times are Unix milliseconds by the server's clock. Texts are cut at 200 characters. */
export interface SessionSummary {
  /** The id of the session. */
  readonly sid: string;
  /** Whether it may still get events. */
  readonly state: 'open' | 'closed';
  /** When its sessionStart was received. */
  readonly startedAt: number;
  /** When its last event was received. */
  readonly lastEventAt: number;
  /** When it closes if nothing more comes, or when it closed. */
  readonly deadline: number;
  /** What closed it; absent while it is open. */
  readonly closeReason?: CloseReason;
  /** The id of the content: `media.id`. */
  readonly mediaId: string;
  /** The title of the content: `media.name`. */
  readonly mediaName?: string;
  /** How the content is delivered, as `vod` or `live`: `media.contentType`. */
  readonly contentType: string;
  /** `video` or `audio`: `media.streamType`. */
  readonly streamType?: string;
  /** The length of the content in seconds: `media.length`; null when it has none. */
  readonly length: number | null;
  /** The name of the player: `media.playerName`. */
  readonly playerName?: string;
  /** The site or app that plays: `media.channel`. */
  readonly channel?: string;
  /** The first of the visitor's ids that the player sent. */
  readonly visitor?: string;
  /** The version of the app: `media.sdkVersion`. */
  readonly sdkVersion?: string;
  /** The version of Adobe's SDK: `media.libraryVersion`. */
  readonly libraryVersion?: string;
  /** The API that it came by. */
  readonly protocol: SessionReport['protocol'];
  /** The datastream that it was sent to; of the Media Edge API only. */
  readonly datastream?: string;
}

/** `GET api/sessions`: a page of the sessions, newest first. */
export interface SessionList {
  /** They may be fewer than were asked for, or none, although there is a cursor. */
  readonly sessions: readonly SessionSummary[];
  /** Where the next page, of older sessions, starts; absent on the last. */
  readonly cursor?: string;
}

/** `GET api/sessions/{sid}`: a session and what it means so far. It has less than 2 MB, whatever the session holds. */
export interface SessionDetail extends Drawing {
  readonly session: SessionSummary;
  readonly report: ReportHead;
  /** Whether texts or lists of the report are shown in part only: they then end in `…`. Absent when it is whole. */
  readonly shortened?: true;
}

/** A report without its lists, which come by pages; how long those are is `adCount` and `chapterCount`. */
export type ReportHead = Omit<SessionReport, 'ads' | 'chapters'>;

/**
 * `GET api/sessions/{sid}/lanes?from=TS&to=TS`: what was on between two times, for drawing, to the detail that a screen
 * has; without times, in all of the session. Times are Unix milliseconds by the client's clock.
 */
export interface Drawing extends AsOf {
  /** The time that is drawn: by default from the first `ts` of the session to its greatest. */
  readonly from: number;
  readonly to: number;
  /** Whether intervals or marks were drawn together: a shorter time shows more. */
  readonly isThinned: boolean;
  /** Only lanes with something on them, and always that of the content. */
  readonly lanes: readonly Lane[];
  /** Where diagnostics occurred, by time. */
  readonly marks: readonly DiagnosticMark[];
}

/** What a session that grows is known up to. */
export interface AsOf {
  /**
   * When the session was read, in Unix milliseconds by the server's clock. One of many events is read again after some
   * seconds only, however often it is asked for.
   */
  readonly asOf: number;
}

/** `GET api/sessions/{sid}/ads?from=0&limit=100`: the ads of the report from a place on. */
export interface AdList extends ListPage {
  readonly ads: readonly ReportedAd[];
}

/** `GET api/sessions/{sid}/chapters?from=0&limit=100`: the chapters of the report from a place on. */
export interface ChapterList extends ListPage {
  readonly chapters: readonly ReportedChapter[];
}

/** A page of a list, which may be shorter than was asked for. */
export interface ListPage extends AsOf {
  /** The `from` to ask with for what follows. */
  readonly next: number;
  /** How many entries the whole list has. */
  readonly total: number;
}

/** Where an event is. */
export interface EventPosition {
  /** Its place in the order of arrival, from 0. */
  readonly index: number;
  /** When it happened, in Unix milliseconds by the client's clock. */
  readonly ts: number;
}

/** The time between two events. */
export interface Interval {
  readonly from: EventPosition;
  readonly to: EventPosition;
  /** What it counts as, in milliseconds: not the difference of the two `ts` where a clock jumped. */
  readonly ms: number;
}

/**
 * `GET api/sessions/{sid}/explanation?field=PATH&from=0&limit=1000`: what made one number of the report, by the path of
 * its field, as `sessionDetails.pauseTime`: its intervals and its events from a place on.
 */
export interface IndexedExplanation extends AsOf {
  /** The intervals that were summed. */
  readonly intervals: readonly Interval[];
  /** The indexes of the events that were counted or read. */
  readonly events: readonly number[];
  /** The ranges of the content that were viewed, in seconds; of `uniqueTimePlayed` only. */
  readonly playheads?: readonly PlayheadRange[];
  /** How many there are in all. */
  readonly totals: { readonly intervals: number; readonly events: number; readonly playheads: number };
  /** The `from` to ask with for what follows; absent when there is no more. */
  readonly next?: number;
}

/** One line of a drawing of the session: when something was on. Each player state has a lane of its own. */
export interface Lane {
  /** A `gap` is a time without any event that the report has a diagnostic of. */
  readonly kind: LaneKind | 'gap';
  /** The kind, or the name of the player state. */
  readonly name: string;
  readonly intervals: readonly LaneInterval[];
}

/** An interval on a lane, or several that lie too close to be drawn by themselves: from the first to the last of them. */
export interface LaneInterval extends Interval {
  /** How many are drawn together, and `ms` is their sum; absent for one by itself. */
  readonly count?: number;
  /** The name of the ad, the ad break or the chapter. */
  readonly label?: string;
  /** The path of the number in the report that counts it; no number counts an ad break. */
  readonly field?: string;
}

/** Where a diagnostic occurred. */
export interface DiagnosticMark extends EventPosition {
  /** Its place among the diagnostics of the report; that of the most severe where several are drawn together. */
  readonly diagnostic: number;
  /** How many are drawn together; absent for one by itself. */
  readonly count?: number;
}

/** `GET api/sessions/{sid}/diagnostics?event=INDEX`: the places, among the diagnostics of the report, of those about an event. */
export interface EventDiagnostics extends AsOf {
  readonly diagnostics: readonly number[];
}

/** An event as it was stored, with its place. */
export interface IndexedEvent extends StoredEvent {
  /** Its place in the order of arrival, from 0. */
  readonly index: number;
  /** Whether texts or lists of it are shown in part only, since it is very large: they then end in `…`. */
  readonly shortened?: true;
}

/**
 * `GET api/sessions/{sid}/events?from=0&limit=1000`: the events from an index on, in the order of arrival. They may be
 * fewer than were asked for, so that an answer has less than 2 MB.
 */
export interface EventList {
  readonly events: readonly IndexedEvent[];
  /** The `from` to ask with for what follows these, now or later. */
  readonly next: number;
  /** Whether there is more already. */
  readonly more: boolean;
}

/** A call that was rejected. */
export interface RejectedCall
  extends Pick<Rejection, 'method' | 'path' | 'status' | 'code' | 'message' | 'errors' | 'cause'> {
  /** Counts up from 1 since the server started. */
  readonly id: number;
  /** When, in Unix milliseconds by the server's clock. */
  readonly at: number;
  /** How many more reasons there are than `errors` lists; absent when it lists all. */
  readonly more?: number;
  /** The body as JSON, or as it came when it is none: its first 65,536 characters. Null when it was not read. */
  readonly body: string | null;
  /** How many characters the whole body has; absent when `body` is all of it. */
  readonly bodyLength?: number;
}

/** `GET api/rejections`: a page of the latest rejected calls of this process, newest first. */
export interface RejectionList {
  readonly rejections: readonly RejectedCall[];
  /** Where the next page, of older calls, starts; absent on the last. */
  readonly cursor?: string;
}

/** `GET api/totals`: how many calls this process answered. */
export interface Totals {
  readonly total: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Since when they are counted, in Unix milliseconds by the server's clock. */
  readonly since: number;
}

/** `GET api/viewers`: how many sessions were watched in each minute of the last hour, the present one included. */
export interface Viewers {
  /** When the first minute began, in Unix milliseconds by the server's clock. */
  readonly from: number;
  /** How long each count is for, in milliseconds. */
  readonly step: number;
  /** The sessions that were watched in each of these times, one after the other. */
  readonly counts: readonly number[];
  /** False when there were more sessions than could be counted. */
  readonly complete: boolean;
}
