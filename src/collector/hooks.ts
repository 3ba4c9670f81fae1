import type { WaitUntil } from '../http/call.ts';
import { StoreUnavailable } from '../session/store.ts';
import type { Failure, Hook } from './options.ts';

/** Runs hooks after the reply, and keeps what goes wrong in them away from everything else. */
export interface HookRunner {
  /** Calls a hook, when there is one, in a later turn of the event loop. Its failure goes to `onError`. */
  run<Subject>(name: string, hook: Hook<Subject> | undefined, subject: Subject, waitUntil?: WaitUntil): void;
  /** Reports a failure to `onError`. Resolves when that is done. */
  fail(during: string, error: unknown, waitUntil?: WaitUntil): Promise<void>;
  /** Resolves when every hook called so far is done. */
  idle(): Promise<void>;
}

export function hookRunner(onError: Hook<Failure> = logFailure): HookRunner {
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
    },
  };
}

/** The default `onError`. An outage, which fails call after call, is a line each: a stack would say nothing new. */
export function logFailure({ error, during }: Failure): void {
  console.error(`media-sessions: ${during} failed:`, error instanceof StoreUnavailable ? error.message : error);
}
