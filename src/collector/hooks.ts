import { thinned } from '../common/thinned.ts';
import type { WaitUntil } from '../http/call.ts';
import { isStoreUnavailable } from '../session/store.ts';
import type { RejectionReason } from '../wire/reasons.ts';
import type { RejectionCode } from '../wire/replies.ts';

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
  /** Why; for a malformed body, what is wrong with it first. */
  readonly code: RejectionCode;
  readonly message: string;
  /** Every reason found, at most 50. */
  readonly errors: readonly RejectionReason[];
  /** How many more reasons there are than `errors` lists. */
  readonly more: number;
  /** The body as it was read; undefined when it was not. */
  readonly body: unknown;
  /** The JSON text of the body, if it came as text or bytes and was JSON. */
  readonly text: string | undefined;
}

/** What went wrong on this side, and during what. */
export interface Failure {
  readonly error: unknown;
  /**
   * The part that failed: `store`, when it is unavailable or a close cannot be settled; `request`, when a call failed
   * for anything else, be it in the store, in `newId` or in `location`; `observer`; `waitUntil`, when the host refused
   * to wait for hooks; or the name of the hook.
   */
  readonly during: string;
}

/** Runs hooks after the reply, and keeps what goes wrong in them away from everything else. */
export interface HookRunner {
  /** Calls a hook, when there is one, in a later turn of the event loop. Its failure goes to `onError`. */
  run<Subject>(name: string, hook: Hook<Subject> | undefined, subject: Subject, waitUntil?: WaitUntil): void;
  /** Reports a failure to `onError`. Resolves when that is done. */
  fail(during: string, error: unknown, waitUntil?: WaitUntil): Promise<void>;
  /** Resolves when every hook called so far is done. */
  idle(): Promise<void>;
}

export function hookRunner(given?: Hook<Failure>): HookRunner {
  const lines = thinned(logFailure);
  const onError = given ?? ((failure: Failure) => lines.add(failure.during, failure));
  const underWay = new Set<Promise<void>>();

  function later(
    work: () => unknown,
    failed: (error: unknown) => Promise<void> | void,
    waitUntil?: WaitUntil,
  ): Promise<void> {
    const done = new Promise((resolve) => setTimeout(resolve))
      .then(work)
      .then(() => {}, failed)
      .finally(() => underWay.delete(done));
    underWay.add(done);
    try {
      waitUntil?.(done);
    } catch (refusal) {
      void fail('waitUntil', refusal); // the host is done with the call; the work goes on as far as it gets
    }
    return done;
  }

  function fail(during: string, error: unknown, waitUntil?: WaitUntil): Promise<void> {
    return later(
      () => onError({ error, during }),
      (broken) => logFailure({ error: broken, during: 'onError' }),
      waitUntil,
    );
  }

  return {
    run(name, hook, subject, waitUntil) {
      if (hook === undefined) return;
      const failed = (error: unknown) => fail(name, error);
      void later(() => hook(subject), failed, waitUntil);
    },
    fail,
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
      lines.flush();
    },
  };
}

/**
 * Writes a failure on the console. A store that is away is a line: a stack would say nothing new.
 *
 * @param count How many failures it stands for.
 */
export function logFailure({ error, during }: Failure, count = 1): void {
  const times = count === 1 ? '' : ` ${count} times in a second, the last`;
  console.error(`media-sessions: ${during} failed${times}:`, isStoreUnavailable(error) ? error.message : error);
}
