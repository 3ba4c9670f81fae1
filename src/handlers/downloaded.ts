import { describeType } from '../common/json.ts';
import { chain, type MaybePromise } from '../common/maybe-promise.ts';
import type { Reply } from '../http/reply.ts';
import { downloaded } from '../session/lifecycle.ts';
import type { NewEvent } from '../session/session.ts';
import { isFull, type ReasonList, wholeBody } from '../wire/reasons.ts';
import { created, malformed } from '../wire/replies.ts';
import { DEFAULTS, type RequestContext, requireStore, type SessionDeps } from './deps.ts';
import { keepSession, locationOf, nextId, storable } from './new-session.ts';

/**
 * Takes a whole session at once: answers `POST /api/v1/downloaded`, and an array on
 * `POST /api/v1/sessions`. The body is the parsed JSON: an array of events, the first a sessionStart.
 * A sessionEnd is not required. The session is closed from the start.
 *
 * @returns 201 as for a session that starts; 400 with every reason when any event is wrong, and then
 * nothing is kept. (doc: track-downloaded-content)
 * @throws What the store throws or rejects with, `StoreUnavailable` above all, in the same way.
 */
export function handleDownloaded(
  body: unknown,
  deps: SessionDeps,
  { validationToken }: RequestContext = {},
): MaybePromise<Reply> {
  requireStore('handleDownloaded', deps);
  if (!Array.isArray(body)) return noEvents(describeType(body));
  if (body.length === 0) return noEvents('none');
  const { validate = DEFAULTS.validate, now = DEFAULTS.now } = deps;

  const reasons: ReasonList = { errors: [], more: 0 };
  const unlisted = { path: '$', reasons };
  const receivedAt = now();
  const events: NewEvent[] = [];
  for (let index = 0; index < body.length; index++) {
    const place = isFull(reasons) ? unlisted : { path: `$[${index}]`, reasons };
    const validation = index === 0 ? validate.start(body[index], place) : validate.event(body[index], place);
    if ('event' in validation) events.push(storable(validation.event, receivedAt));
  }
  if (events.length < body.length) return malformed(reasons);

  const session = downloaded(nextId(deps), receivedAt, events, validationToken);
  const reply = created(locationOf(deps, session.sid));
  return chain(keepSession(session, events, deps), () => reply);
}

function noEvents(got: string): Reply {
  return malformed(wholeBody('wrong-value', `Expected array of events, the first a sessionStart, got ${got}`));
}
