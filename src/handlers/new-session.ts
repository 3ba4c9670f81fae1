import { chain, type MaybePromise } from '../common/maybe-promise.ts';
import type { MediaSession, NewEvent } from '../session/session.ts';
import { newSessionId, requireSessionId } from '../session/session-id.ts';
import type { MediaEvent } from '../wire/events.ts';
import type { SessionDeps } from './deps.ts';

/** Keeps a new session with its first events, and tells of it. */
export function keepSession(
  session: MediaSession,
  events: readonly NewEvent[],
  { store, onSessionStart }: SessionDeps,
): MaybePromise<void> {
  return chain(store.create(session, events), () => {
    onSessionStart?.({ session, events: events.map(({ event, receivedAt }) => ({ event, receivedAt })) });
  });
}

/** What the store is given of an event that did not come as a text of its own: the text is written once. */
export function storable(event: MediaEvent, receivedAt: number): NewEvent {
  return { event, receivedAt, json: JSON.stringify(event) };
}

/** The id of the next session. One that the embedder made is checked. */
export function nextId({ newId }: SessionDeps): string {
  return newId ? requireSessionId(newId()) : newSessionId();
}

/** Where a session is, by its id. What the embedder makes is checked: anything else breaks a header. */
export function locationOf({ location }: SessionDeps, sid: string): string {
  if (location === undefined) return `/api/v1/sessions/${sid}`;
  const made: unknown = location(sid);
  if (typeof made === 'string' && /^[\x21-\x7e]+$/.test(made)) return made;
  throw new TypeError('location must return a path or a URL, of ASCII characters and without spaces');
}
