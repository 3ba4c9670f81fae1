import { isPromise, type MaybePromise } from '../common/maybe-promise.ts';
import { isSessionId } from '../session/session-id.ts';
import type { AppendResult, NewEvent } from '../session/store.ts';
import { DEFAULTS, type SessionDeps } from './deps.ts';

/** What became of events. */
export type AppendOutcome = AppendResult | 'full';

/** Adds events to a session, and tells of each that is kept. */
export function appendEvents(sid: string, events: readonly NewEvent[], deps: SessionDeps): MaybePromise<AppendOutcome> {
  const { store, timeouts = DEFAULTS.timeouts, lengths, onEvent } = deps;
  if (!isSessionId(sid)) return 'unknown';
  if (lengths?.isFull(sid)) return 'full';
  return appendFrom(0);

  function appendFrom(index: number): MaybePromise<AppendOutcome> {
    const next = events[index];
    if (next === undefined) return 'accepted';
    const { event, receivedAt, json } = next;
    const outcome = store.append(sid, next, timeouts);
    const then = (result: AppendResult) => {
      if (result !== 'accepted') return result;
      lengths?.add(sid, (json ?? JSON.stringify(event)).length);
      onEvent?.({ sid, event, receivedAt });
      return appendFrom(index + 1);
    };
    return isPromise(outcome) ? outcome.then(then) : then(outcome);
  }
}
