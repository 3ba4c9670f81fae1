import type { Rejection } from '../collector/hooks.ts';
import type { LaneKind } from '../report/lanes.ts';
import type { SessionReport } from '../report/schema/report-schema.ts';
import type { PlayheadRange } from '../report/timeline/viewed-ranges.ts';
import type { CloseReason, StoredEvent } from '../session/session.ts';

/** A session as a list shows it. Times are Unix milliseconds by the server's clock. */
export interface SessionSummary {
  readonly sid: string;
  readonly state: 'open' | 'closed';
  readonly startedAt: number;
  readonly lastEventAt: number;
  /** When it closes if nothing more comes, or when it closed. */
  readonly deadline: number;
  /** Why it closed; absent while it is open. */
  readonly closeReason?: CloseReason;
  readonly mediaId: string;
  readonly mediaName?: string;
  readonly contentType: string;
  readonly streamType?: string;
  /** Seconds; null when there is no end. */
  readonly length: number | null;
  readonly playerName?: string;
  readonly channel?: string;
  /** The first of the visitor's ids that the player sent. */
  readonly visitor?: string;
  /** The app's version, which `media.sdkVersion` is for. */
  readonly sdkVersion?: string;
  /** The SDK's. */
  readonly libraryVersion?: string;
}

/** `GET api/sessions`: newest first. A page may be short of its limit, or empty, and still have a cursor. */
export interface SessionList {
  readonly sessions: readonly SessionSummary[];
  readonly cursor?: string;
}

/** `GET api/sessions/{sid}`. */
export interface SessionDetail {
  readonly session: SessionSummary;
  readonly report: SessionReport;
  /** What made each number of the report, by its field path. */
  readonly explanations: Readonly<Record<string, IndexedExplanation>>;
  /** What was on and when, for drawing. Only lanes with something in them, the content's excepted. */
  readonly lanes: readonly Lane[];
}

/** Where an event is found: its place in the order of arrival, from 0, and its `ts` by the client's clock. */
export interface Mark {
  readonly index: number;
  readonly ts: number;
}

/** A stretch of a session. `ms` is what it counts as, also when a clock jumped. */
export interface Interval {
  readonly from: Mark;
  readonly to: Mark;
  readonly ms: number;
}

/** What made one number: stretches that were summed, events that were counted or read. */
export interface IndexedExplanation {
  readonly intervals: readonly Interval[];
  /** Places of events in the order of arrival. */
  readonly events: readonly number[];
  /** The stretches of the content that were viewed, in seconds; of `uniqueTimePlayed` only. */
  readonly playheads?: readonly PlayheadRange[];
}

/** One line of a drawing of the session. Each player state has a lane of its own. */
export interface Lane {
  readonly kind: LaneKind;
  /** `content`, or the name of the state. */
  readonly name: string;
  readonly intervals: readonly LaneInterval[];
}

/** A stretch on a lane: of an ad, a break or a chapter with its name. */
export interface LaneInterval extends Interval {
  readonly label?: string;
  /** The number of the report that counts it. */
  readonly field?: string;
}

/** An event in the order of arrival. */
export interface IndexedEvent extends StoredEvent {
  readonly index: number;
}

/** `GET api/sessions/{sid}/events?from=0&limit=1000`: from that place on. `next` is where to go on, also later. */
export interface EventList {
  readonly events: readonly IndexedEvent[];
  readonly next: number;
  /** Whether there are more already. */
  readonly more: boolean;
}

/** A call that was rejected. */
export interface RejectedCall extends Pick<Rejection, 'method' | 'path' | 'status' | 'code' | 'message' | 'errors'> {
  /** Counts up from 1 since the server started. */
  readonly id: number;
  /** Unix milliseconds by the server's clock. */
  readonly at: number;
  /** How many more reasons there are than `errors` lists; absent when it lists all. */
  readonly more?: number;
  /** The body as JSON, or as it came when it is none; null when it was not read. */
  readonly body: string | null;
  /** Its characters in all, where `body` is only the beginning. */
  readonly bodyLength?: number;
}

/** `GET api/rejections`: the latest of this process, newest first. */
export interface RejectionList {
  readonly rejections: readonly RejectedCall[];
  /** Where the next page, of older calls, starts. */
  readonly cursor?: string;
}

/** `GET api/totals`: the calls that this process answered since `since`, in Unix milliseconds. */
export interface Totals {
  readonly total: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly since: number;
}

/** `GET api/viewers`: how many sessions were watched in each minute of the last hour, the present one included. */
export interface Viewers {
  /** When the first minute began, in Unix milliseconds. */
  readonly from: number;
  /** How long each is, in milliseconds. */
  readonly step: number;
  readonly counts: readonly number[];
  /** False when there were more sessions than are counted. */
  readonly complete: boolean;
}
