import type { WaitUntil } from './call.ts';
import type { SessionDeps } from './handlers/deps.ts';
import type { HookRunner } from './hooks.ts';
import type { Observers } from './observers.ts';
import type { CollectorOptions, Rejection } from './options.ts';

/** Tells what became of calls: observers at once, hooks after the reply. */
export interface Notices {
  /** What handlers call. `waitUntil` comes from a host that must know of work after the reply. */
  ofStored(waitUntil?: WaitUntil): Pick<SessionDeps, 'onSessionStart' | 'onEvent'>;
  /** Tells of a refusal. `describe` is only called when somebody listens. */
  ofRejection(describe: () => Rejection, waitUntil: WaitUntil | undefined): void;
}

type NoticeHooks = Pick<CollectorOptions, 'onSessionStart' | 'onEvent' | 'onReject'>;

export function notices(
  { onSessionStart, onEvent, onReject }: NoticeHooks,
  hooks: HookRunner,
  observed: Observers,
): Notices {
  return {
    ofStored: (waitUntil) => ({
      onSessionStart(start) {
        observed.tell('onSessionStart', start);
        hooks.run('onSessionStart', onSessionStart, start, waitUntil);
      },
      onEvent(event) {
        observed.tell('onEvent', event);
        hooks.run('onEvent', onEvent, event, waitUntil);
      },
    }),

    ofRejection(describe, waitUntil) {
      if (onReject === undefined && !observed.any) return;
      const rejection = describe();
      observed.tell('onReject', rejection);
      hooks.run('onReject', onReject, rejection, waitUntil);
    },
  };
}
