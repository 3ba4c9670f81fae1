import { chain, type MaybePromise } from '../common/maybe-promise.ts';
import type { Reply } from '../http/reply.ts';
import type { AppendResult } from '../session/store.ts';
import { malformed, noContent, rejectWith } from '../wire/replies.ts';
import { appendEvents } from './append-events.ts';
import { DEFAULTS, type RequestContext, requireStore, type SessionDeps } from './deps.ts';

const OUTCOMES: Readonly<Record<AppendResult, Reply>> = {
  accepted: noContent,
  unknown: rejectWith('unknown-session'),
  closed: rejectWith('closed-session'),
  full: rejectWith('session-too-long'),
};

/**
 * Adds an event to a session: answers `POST /api/v1/sessions/{sid}/events`. The body is the parsed JSON.
 *
 * @returns 204 once the event is stored; 400 with every reason when the body is no such event; 404 when
 * no session has the id; 410 when the session is closed; 413 when it is full. (doc: mc-api-events-req)
 * @throws What the store throws or rejects with, `StoreUnavailable` above all, in the same way.
 */
export function handleSessionEvent(
  sid: string,
  body: unknown,
  deps: SessionDeps,
  { json }: RequestContext = {},
): MaybePromise<Reply> {
  requireStore('handleSessionEvent', deps);
  const { validate = DEFAULTS.validate, now = DEFAULTS.now } = deps;

  const validation = validate.event(body);
  if ('reasons' in validation) return malformed(validation.reasons);
  const { event } = validation;
  return chain(appendEvents(sid, [{ event, receivedAt: now(), json }], deps), (outcome) => OUTCOMES[outcome]);
}
