import { CodedError, codeOf } from '../common/coded-error.ts';
import type { MaybePromise } from '../common/maybe-promise.ts';
import type { AppendRule } from './lifecycle.ts';
import type { MediaSession, NewEvent, StoredEvent } from './session.ts';

/**
 * Where sessions and their events live. To write a store, implement these methods, all of them, and
 * run `storeContract` of `media-sessions/testing` against it.
 *
 * A promise that resolves means kept: a player is told 201 or 204 next. `create` and `append` may give their outcome
 * without a promise where nothing is waited for. A store that cannot keep anything for the moment (connection lost,
 * full) rejects with `StoreUnavailable`, which players are told as 503 and retry; any other rejection is a 500. A
 * store rejects, it never throws.
 *
 * A store has no clock: every time is Unix milliseconds and comes from the caller. What it is given it
 * gives back to the letter, as it was when it came, whatever becomes of the object later; keys and strings of any
 * content included: a NUL, a lone surrogate, a member named `__proto__`. `recordOf` of this package takes what is needed.
 *
 * A closed session is remembered for the store's `retention`, counted from its deadline. From then on
 * `append` calls it unknown, and everything else does once the store has been told the time by
 * `claimClosed`. A session whose close is not settled is remembered for longer: the server may have been down
 * all the while, and its close is handed out then, with its events. A store may forget it where nobody asks for closes.
 */
export interface SessionStore {
  /**
   * Keeps a new session with its first events, all or nothing: one event, or thousands. Rejects when the id is
   * taken, also by a session that comes at the same time.
   */
  create(session: MediaSession, events: readonly NewEvent[]): MaybePromise<void>;

  /**
   * In one atomic step, for one event or several: when the session is open at their `receivedAt` and not full, keeps
   * all of them and makes of the session what `admit` of this package says; else it keeps none. Of what is
   * appended at the same time nothing is lost, and what one process appends is kept in the order of the calls,
   * whatever the `receivedAt`: a clock may step back.
   */
  append(sid: string, events: readonly NewEvent[], rule: AppendRule): MaybePromise<AppendResult>;

  /** The session, or undefined when it is unknown or forgotten. */
  get(sid: string): Promise<MediaSession | undefined>;

  /**
   * A page of the events of a session in the order of arrival, or undefined when it is unknown or forgotten. It may be
   * short of the limit where that would be too much to read at a time, but is empty only when no event follows.
   */
  events(sid: string, page?: EventRange): Promise<readonly StoredEvent[] | undefined>;

  /**
   * A page of the sessions, newest first: by their `startedAt` or in the order they were created, as suits the store.
   * Each is listed once, also of those that start in one millisecond, and whatever starts or is forgotten between two
   * pages. `now` tells the open from the closed. Rejects a foreign cursor with a RangeError.
   */
  list(query: SessionQuery, now: number): Promise<SessionPage>;

  /**
   * At most `limit` sessions whose deadline is `now` or earlier and whose close is not settled, leased
   * to the caller: until `now + leaseMs` no other call gets them, and from then on any does, however often. A session
   * that was handed out takes no event any more, also from a caller whose clock is behind.
   *
   * A limit of 0 only tells the store the time, so that it forgets what is past its retention. A collector that has
   * nobody to deliver closes to asks so, and takes none from those that have.
   */
  claimClosed(now: number, leaseMs: number, limit: number): Promise<readonly MediaSession[]>;

  /** Marks the close of a session as delivered: it is not claimed again. An unknown session is no error. */
  settle(sid: string): Promise<void>;

  /** Keeps all that is under way, and lets go of what the store itself opened, not of what it was handed. */
  close(): Promise<void>;
}

/**
 * What became of events: kept; or rejected, since no session has the id, it is closed, or it is full.
 */
export type AppendResult = 'accepted' | 'unknown' | 'closed' | 'full';

/** Which events of a session to read. */
export interface EventRange {
  /** The place of the first one in the order of arrival: 0. */
  readonly from?: number;
  /** The most events a page has: 1000. */
  readonly limit?: number;
}

/** Which sessions to list. Without a field, all of them from the newest on, 100 at a time. */
export interface SessionQuery {
  readonly state?: 'open' | 'closed';
  /** The most sessions a page has, 1 to 1000. */
  readonly limit?: number;
  /** Where the page starts: the `cursor` of the page before. */
  readonly cursor?: string;
}

/** A page of sessions. It may be short of the limit, or empty, and still have a cursor: then there are more. */
export interface SessionPage {
  readonly sessions: readonly MediaSession[];
  readonly cursor?: string;
}

const UNAVAILABLE = 'store-unavailable';

/** How a store says that it cannot keep anything for the moment: players are told 503, and try again. */
export class StoreUnavailable extends CodedError {
  override readonly name = 'StoreUnavailable';
  readonly code = UNAVAILABLE;
}

/** Recognises `StoreUnavailable`, also one that another copy of this package throws. */
export function isStoreUnavailable(error: unknown): error is StoreUnavailable {
  return codeOf(error) === UNAVAILABLE;
}
