import { newSessionId, requireSessionId } from '../session/session-id.ts';
import type { SessionDeps } from './deps.ts';

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
