import { DEFAULT_TIMEOUTS, type Timeouts } from '../session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../session/session.ts';
import type { SessionStore } from '../session/store.ts';
import { createValidator, type Validator } from '../wire/validate.ts';

/** What the handlers work with. All but the store may be left out: the default stands after the colon. */
export interface SessionDeps {
  readonly store: SessionStore;
  /** What checks the events: `createValidator('standard')`. */
  readonly validate?: Validator;
  /** Makes the id of a session, 1 to 128 letters, digits, `-`, `.`, `_` and `~`: 32 random bytes as hex. */
  readonly newId?: (() => string) | undefined;
  /** The clock, in Unix milliseconds: `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** The rules of closing, in milliseconds: 10 and 30 minutes and 5 seconds. */
  readonly timeouts?: Timeouts;
  /** The `length` from which on a session is full: 16,777,216. */
  readonly maxSessionLength?: number;
  /** The Location of a session: `/api/v1/sessions/{sid}`, the only one that Adobe's SDKs understand. */
  readonly location?: ((sid: string) => string) | undefined;
  /** Told of a session once it is stored, before the reply. It must not throw. */
  readonly onSessionStart?: (start: SessionStarted) => void;
  /** Told of a later event once it is stored, before the reply. It must not throw. */
  readonly onEvent?: (event: EventStored) => void;
}

/** Throws a TypeError for what a program in JavaScript left out. */
export function requireStore(owner: string, deps: SessionDeps | undefined): void {
  if (typeof deps?.store === 'object' && deps.store !== null) return;
  throw new TypeError(
    `${owner}: what it works with must have a store, as in { store: memoryStore() }; see docs/hosts.md#without-a-server`,
  );
}

/** What a handler may be told of the request beside its parsed body. */
export interface RequestContext {
  /** The `X-Adobe-AEP-Validation-Token` header of a start. */
  readonly validationToken?: string | undefined;
  /** The text the body was parsed from. It spares the store writing the event as text anew. */
  readonly json?: string | undefined;
}

/** A session has started, or has arrived as a whole. */
export interface SessionStarted {
  readonly session: MediaSession;
  /** Its first event, or all of a session that arrived as a whole. */
  readonly events: readonly StoredEvent[];
}

/** An event of an open session is stored. */
export interface EventStored extends StoredEvent {
  readonly sid: string;
}

/** What stands in for a dependency that is not given. */
export const DEFAULTS = {
  validate: createValidator('standard'),
  now: Date.now,
  timeouts: DEFAULT_TIMEOUTS,
  maxSessionLength: 16 * 1024 * 1024,
};
