import type { EventStored, SessionStarted } from '../handlers/deps.ts';
import type { SessionReport } from '../report/schema/report-schema.ts';
import type { SomeTimeouts } from '../session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../session/session.ts';
import type { SessionStore } from '../session/store.ts';
import type { ValidationMode } from '../wire/field.ts';
import type { RejectionReason } from '../wire/reasons.ts';
import type { RejectionCode } from '../wire/replies.ts';
import type { CorsOptions } from './cors.ts';

/** How a collector behaves. Every option may be left out or be undefined: its default stands after the colon. */
export interface CollectorOptions {
  /** Where sessions are kept: `memoryStore()`, which the collector then also closes. */
  readonly store?: SessionStore | undefined;
  /** How closely bodies are checked: `'standard'`, which takes all that real SDKs send. */
  readonly validation?: ValidationMode | undefined;
  /** `true`: the hosted service's headers. `false`: none, and OPTIONS is the host's. */
  readonly cors?: boolean | CorsOptions | undefined;
  /** The most bytes a body has: 1,048,576. A longer one gets 413. */
  readonly maxBodyBytes?: number | undefined;
  /**
   * The most that the events of a session hold after its sessionStart, in characters of JSON: 16,777,216. When that is
   * reached its next event gets 413. Each process counts what it took; without a limit one player could fill the memory.
   * What comes in one body, a sessionStart or a whole session, has the limit of a body.
   */
  readonly maxSessionLength?: number | undefined;
  /** When sessions close, in milliseconds: `{ idle: 600_000, stall: 1_800_000, grace: 5_000 }`. */
  readonly timeouts?: SomeTimeouts | undefined;
  /** The Location of a session: `/api/v1/sessions/{sid}`, the only one that Adobe's SDKs understand. */
  readonly location?: ((sid: string) => string) | undefined;
  /** Makes the id of a session, 1 to 128 letters, digits, `-`, `.`, `_` and `~`: 32 random bytes as hex. */
  readonly newId?: (() => string) | undefined;
  /** The clock, in Unix milliseconds: `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** How long to wait between two looks for closed sessions, in milliseconds: 5,000. */
  readonly sweepInterval?: number | undefined;
  /** Called after a session started, or arrived as a whole. */
  readonly onSessionStart?: Hook<SessionStarted> | undefined;
  /** Called after any other event of an open session. */
  readonly onEvent?: Hook<EventStored> | undefined;
  /** Called after a call was rejected, since SDKs never read the reasons. */
  readonly onReject?: Hook<Rejection> | undefined;
  /**
   * Called once for each session that closed, and again with growing pauses until it resolves. A process that
   * dies meanwhile, or a call that takes over a minute, can have it called again, by another process too.
   */
  readonly onSessionClose?: Hook<SessionClosed> | undefined;
  /** Called with what went wrong on this side, in the store or in a hook, say: `console.error`. */
  readonly onError?: Hook<Failure> | undefined;
}

/** A hook runs after the reply, and may be async. Neither its failure nor its slowness reaches a player. */
export type Hook<Subject> = (subject: Subject) => unknown;

/**
 * A call that was rejected, with what its client was told. A call to a path that is not the API's counts only when it is
 * a POST, or a browser's preflight of one, and no host is there to take it: most likely a player was pointed to the
 * wrong place.
 */
export interface Rejection {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Why, in one of few words; for a malformed body what kind of thing is wrong with it first. */
  readonly code: RejectionCode;
  readonly message: string;
  readonly errors: readonly RejectionReason[];
  /** How many more problems there are than `errors` lists. */
  readonly more: number;
  /** The body as it was read; undefined when it was not. */
  readonly body: unknown;
  /** The JSON text of the body, if it came as text or bytes and was JSON. */
  readonly text: string | undefined;
}

/** A session that is over. */
export interface SessionClosed {
  readonly session: MediaSession;
  /** All its events in the order of arrival. */
  readonly events: readonly StoredEvent[];
  /** What the viewer did. */
  readonly report: SessionReport;
}

/** What went wrong, and during what. */
export interface Failure {
  readonly error: unknown;
  /**
   * The part that failed: `store`, when it is unavailable or a close cannot be settled; `request`, when a call failed
   * for anything else, be it in the store, in `newId` or in `location`; `observer`; `waitUntil`, when the host refused
   * to wait for hooks; or the name of the hook.
   */
  readonly during: string;
}
