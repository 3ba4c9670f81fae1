import type { EdgeEndpointName } from '../edge/endpoints.ts';
import type { EventStored, SessionStarted } from '../handlers/deps.ts';
import type { EndpointName } from '../wire/endpoints.ts';
import type { Rejection } from './hooks.ts';

/** The name of an endpoint of either API. */
export type AnsweredEndpoint = EndpointName | EdgeEndpointName;

/** A call to an endpoint of the API that was answered. */
export interface CallAnswered {
  readonly endpoint: AnsweredEndpoint;
  readonly status: number;
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
  /** A call to an endpoint is answered, be it with a rejection. */
  readonly onAnswer?: (answered: CallAnswered) => void;
}

/** The observers of a collector. */
export interface Observers {
  /** Whether there is any. */
  readonly any: boolean;
  /** Returns the function that takes the observer off again. */
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
          const observe = observer[name] as ((subject: unknown) => unknown) | undefined; // the name decides the subject
          const observed = observe?.(subject);
          if (observed instanceof Promise) observed.catch(failed);
        } catch (error) {
          failed(error);
        }
      }
    },
  };
}
