import { chain, type MaybePromise } from '../common/maybe-promise.ts';
import type { NewEvent } from '../session/session.ts';
import { isSessionId } from '../session/session-id.ts';
import type { AppendResult } from '../session/store.ts';
import { DEFAULTS, type SessionDeps } from './deps.ts';

/** Adds events to a session, all or none, and tells of each once they are kept. */
export function appendEvents(sid: string, events: readonly NewEvent[], deps: SessionDeps): MaybePromise<AppendResult> {
  const {
    store,
    timeouts = DEFAULTS.timeouts,
    maxSessionLength: maxLength = DEFAULTS.maxSessionLength,
    onEvent,
  } = deps;
  if (!isSessionId(sid)) return 'unknown';
  return chain(store.append(sid, events, { timeouts, maxLength }), (outcome) => {
    if (outcome === 'accepted') for (const { event, receivedAt } of events) onEvent?.({ sid, event, receivedAt });
    return outcome;
  });
}
