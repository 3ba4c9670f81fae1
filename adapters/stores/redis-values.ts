import type { CloseReason, MediaSession, StoredEvent } from '../../src/session/session.ts';

/** The fields of a session's hash and their values, by turns. */
export function encodeSession(session: MediaSession): string[] {
  const { startedAt, deadline, closeReason, lastEventAt, playheadMovedAt, playhead, validationToken } = session;
  const state = `${deadline} ${closeReason} ${lastEventAt} ${playheadMovedAt} ${playhead ?? ''}`;
  const fields = ['startedAt', String(startedAt), 'state', state];
  // As JSON a lone surrogate survives.
  return validationToken === undefined ? fields : [...fields, 'validationToken', JSON.stringify(validationToken)];
}

/** A session from the values of its fields as the scripts give them; undefined when there are none. */
export function decodeSession(sid: string, values: unknown): MediaSession | undefined {
  if (!Array.isArray(values)) return undefined;
  const [startedAt, state, validationToken] = values as readonly (string | null | undefined)[]; // texts, or nothing
  if (!startedAt || !state) return undefined;
  const [deadline, closeReason, lastEventAt, playheadMovedAt, playhead] = state.split(' ');
  return {
    sid,
    startedAt: Number(startedAt),
    deadline: Number(deadline),
    closeReason: closeReason as CloseReason, // as it was written
    lastEventAt: Number(lastEventAt),
    playhead: playhead === '' ? null : Number(playhead),
    playheadMovedAt: Number(playheadMovedAt),
    ...(validationToken && { validationToken: JSON.parse(validationToken) }),
  };
}

export function encodeEvent({ event, receivedAt }: StoredEvent): string {
  return JSON.stringify([receivedAt, event]);
}

export function decodeEvent(text: string): StoredEvent {
  const [receivedAt, event] = JSON.parse(text);
  return { event, receivedAt };
}
