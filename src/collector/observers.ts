import type { EventStored, SessionDeps, SessionStarted } from '../handlers/deps.ts';
import type { WaitUntil } from '../http/call.ts';
import type { HookRunner } from './hooks.ts';
import type { CollectorOptions, Rejection } from './options.ts';

/** Tells what became of calls: observers at once, hooks after the reply. */
export interface Notices {
  /** What handlers call. `waitUntil` comes from a host that must know of work after the reply. */
  ofStored(waitUntil?: WaitUntil): Pick<SessionDeps, 'onSessionStart' | 'onEvent'>;
  /** Tells of a rejection. `describe` is only called when somebody listens. */
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

/**
 * What a part of the same process is told, at once and before the reply: its functions are quick and wait for
 * nothing. What they throw goes to `onError`.
 */
export interface Observer {
  /** A session started, or arrived as a whole, and is stored. */
  readonly onSessionStart?: (start: SessionStarted) => void;
  /** Any other event is stored. */
  readonly onEvent?: (event: EventStored) => void;
  /** A call was rejected. */
  readonly onReject?: (rejection: Rejection) => void;
}

/** The observers of a collector. */
export interface Observers {
  /** Whether there is any. */
  readonly any: boolean;
  add(observer: Observer): () => void;
  tell<Name extends keyof Observer>(name: Name, subject: Parameters<NonNullable<Observer[Name]>>[0]): void;
}

/** @param failed Told of what an observer throws. */
export function observers(failed: (error: unknown) => void): Observers {
  const all = new Set<Observer>();
  return {
    get any() {
      return all.size > 0;
    },

    add(observer) {
      all.add(observer);
      return () => void all.delete(observer);
    },

    tell(name, subject) {
      for (const observer of all) {
        try {
          const notice = observer[name] as ((subject: unknown) => unknown) | undefined; // the name decides the subject
          const told = notice?.(subject);
          if (told instanceof Promise) told.catch(failed);
        } catch (error) {
          failed(error);
        }
      }
    },
  };
}
