import { open } from '../session/lifecycle.ts';
import { requireSessionId } from '../session/session-id.ts';
import { created, malformed, type Reply } from '../wire/replies.ts';
import { DEFAULTS, type SessionDeps } from './deps.ts';
import { handleDownloaded } from './downloaded.ts';

/** What a session keeps of the request that opened it. */
export interface StartRequest {
  /** Its `X-Adobe-AEP-Validation-Token` header. */
  readonly validationToken?: string | undefined;
}

/**
 * Opens a session: answers `POST /api/v1/sessions`. It needs neither a collector nor a server.
 *
 * The body is the parsed JSON: a sessionStart event, or an array of events that is a whole session,
 * which mobile SDKs post here for downloaded content.
 *
 * @returns 201 with the session's path in Location once it is stored; 400 with every reason when the
 * body is no such event. (doc: mc-api-sessions-req)
 * @throws What the store rejects with, `StoreUnavailable` above all.
 *
 * @example
 * const store = memoryStore();
 * const reply = await handleSessionStart(JSON.parse(text), { store });
 */
export async function handleSessionStart(
  body: unknown,
  deps: SessionDeps,
  { validationToken }: StartRequest = {},
): Promise<Reply> {
  if (Array.isArray(body)) return handleDownloaded(body, deps, { validationToken });
  const {
    store,
    validate = DEFAULTS.validate,
    newId = DEFAULTS.newId,
    now = DEFAULTS.now,
    timeouts = DEFAULTS.timeouts,
    location = DEFAULTS.location,
    onSessionStart,
  } = deps;

  const validation = validate.start(body);
  if ('problems' in validation) return malformed(validation.problems);

  const start = { event: validation.event, receivedAt: now() };
  const session = open(requireSessionId(newId()), start, timeouts, validationToken);
  const reply = created(location(session.sid));
  await store.create(session, [start]);
  onSessionStart?.({ session, events: [start] });
  return reply;
}
