import type { SessionClosed } from '../close-delivery/close-hook.ts';
import type { EventStored, SessionStarted } from '../handlers/deps.ts';
import type { SomeTimeouts } from '../session/lifecycle.ts';
import type { SessionStore } from '../session/store.ts';
import type { ValidationMode } from '../wire/field.ts';
import type { CorsOptions } from './cors.ts';
import type { EdgeOptions } from './edge-options.ts';
import type { Failure, Hook, Rejection } from './hooks.ts';

/** How a collector behaves. Every option may be left out or be undefined: its default stands after the colon. */
export interface CollectorOptions {
  /** Where sessions are kept: `memoryStore()`, which the collector then also closes. */
  readonly store?: SessionStore | undefined;
  /**
   * How closely bodies are checked: `'standard'`, which takes all that real SDKs send. `'lenient'` also keeps values of
   * wrong types, as they came, where a session can be reported without them: the report has a diagnostic of each. The Media Edge API has it not, and
   * is checked as in standard.
   */
  readonly validation?: ValidationMode | undefined;
  /** `true`: the hosted service's headers. `false`: none, and OPTIONS is the host's. */
  readonly cors?: boolean | CorsOptions | undefined;
  /** `true` or options: also serve the Media Edge API, for the Web SDK, AEP Edge Media on mobile and Roku: `false`. */
  readonly edge?: boolean | EdgeOptions | undefined;
  /** The most bytes a body has: 1,048,576. A longer one gets 413. */
  readonly maxBodyBytes?: number | undefined;
  /**
   * The most that the events of a session hold after its sessionStart, in characters of JSON, or 12 for each value of an
   * event where that is more: 16,777,216. When that is reached its next event gets 413. The store counts, whichever process
   * took the events and however often it was started; without a limit one player could fill the memory.
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
