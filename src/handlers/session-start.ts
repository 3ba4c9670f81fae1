import { chain, type MaybePromise } from '../common/maybe-promise.ts';
import type { Reply } from '../http/reply.ts';
import { open } from '../session/lifecycle.ts';
import { created, malformed } from '../wire/replies.ts';
import { DEFAULTS, type RequestContext, requireStore, type SessionDeps } from './deps.ts';
import { handleDownloaded } from './downloaded.ts';
import { keepSession, locationOf, nextId } from './new-session.ts';

/**
 * Opens a session: answers `POST /api/v1/sessions`. It needs neither a collector nor a server.
 *
 * The body is the parsed JSON: a sessionStart event, or an array of events that is a whole session,
 * which mobile SDKs post here for downloaded content.
 *
 * @returns 201 with the session's path in Location once it is stored; 400 with every reason when the
 * body is no such event. (doc: mc-api-sessions-req)
 * @throws What the store throws or rejects with, `StoreUnavailable` above all, in the same way.
 *
 * @example
 * const store = memoryStore();
 * const reply = await handleSessionStart(JSON.parse(text), { store });
 */
export function handleSessionStart(
  body: unknown,
  deps: SessionDeps,
  { validationToken, json }: RequestContext = {},
): MaybePromise<Reply> {
  requireStore('handleSessionStart', deps);
  if (Array.isArray(body)) return handleDownloaded(body, deps, { validationToken });
  const { validate = DEFAULTS.validate, now = DEFAULTS.now, timeouts = DEFAULTS.timeouts } = deps;

  const validation = validate.start(body);
  if ('reasons' in validation) return malformed(validation.reasons);

  const start = { event: validation.event, receivedAt: now() };
  const session = open(nextId(deps), start, timeouts, validationToken);
  const reply = created(locationOf(deps, session.sid));
  return chain(keepSession(session, [{ ...start, json }], deps), () => reply);
}
