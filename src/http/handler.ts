import type { MaybePromise } from '../common/maybe-promise.ts';
import type { Call } from './call.ts';
import type { Reply } from './reply.ts';

/** What an adapter mounts: a collector, the inspector, or anything that answers calls the same way. */
export interface Handler {
  /**
   * Answers a call, at once where nothing must be waited for; undefined for one that is not its own, so that the host
   * goes on. It neither throws nor rejects.
   */
  handle(call: Call): MaybePromise<Reply | undefined>;
  /** The answer to a call that `handle` left alone, for where there is no host to go on. */
  notFound(call: Call): Reply;
  /** What the paths it answers begin with, for hosts that must know before a call; `/` for every path. */
  readonly roots: readonly string[];
}

/** Tells a handler from options, and from an app of a framework, which handles too. */
export function isHandler(value: unknown): value is Handler {
  const { handle, notFound, roots } = (value ?? {}) as Partial<Handler>;
  return typeof handle === 'function' && typeof notFound === 'function' && Array.isArray(roots);
}
