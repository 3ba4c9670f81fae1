import type { Failure, Hook } from './options.ts';

/** Runs hooks after the reply, and keeps what goes wrong in them away from everything else. */
export interface HookRunner {
  /** Calls a hook, when there is one, in a later turn of the event loop. Its failure goes to `onError`. */
  run<Subject>(name: string, hook: Hook<Subject> | undefined, subject: Subject): void;
  /** Reports a failure to `onError`. */
  fail(during: string, error: unknown): void;
  /** Resolves when every hook called so far is done. */
  idle(): Promise<void>;
}

export function hookRunner(onError: Hook<Failure> = logFailure): HookRunner {
  const underWay = new Set<Promise<void>>();

  function later(work: () => unknown, failed: (error: unknown) => void): void {
    const done = new Promise((resolve) => setTimeout(resolve))
      .then(work)
      .then(() => {}, failed)
      .finally(() => underWay.delete(done));
    underWay.add(done);
  }

  function fail(during: string, error: unknown): void {
    later(
      () => onError({ error, during }),
      (broken) => logFailure({ error: broken, during: 'onError' }),
    );
  }

  return {
    run(name, hook, subject) {
      if (hook)
        later(
          () => hook(subject),
          (error) => fail(name, error),
        );
    },
    fail,
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

function logFailure({ error, during }: Failure): void {
  console.error(`media-sessions: ${during} failed:`, error);
}
