import type { CloseReason, MediaSession, StoredEvent } from '../../src/session/session.ts';

/** The fields of a session's hash and their values, by turns. */
export function encodeSession(session: MediaSession): string[] {
  const { startedAt, deadline, closeReason, lastEventAt, playhead, playheadMovedAt, validationToken } = session;
  const fields = { startedAt, deadline, closeReason, lastEventAt, playhead: playhead ?? '', playheadMovedAt };
  const values = Object.entries(fields).flatMap(([name, value]) => [name, String(value)]);
  // As JSON a lone surrogate survives.
  return validationToken === undefined ? values : [...values, 'validationToken', JSON.stringify(validationToken)];
}

/** A session from the values of its fields as the scripts give them; undefined when there are none. */
export function decodeSession(sid: string, values: unknown): MediaSession | undefined {
  if (!Array.isArray(values) || values[0] === null) return undefined;
  const [startedAt, deadline, closeReason, lastEventAt, playhead, playheadMovedAt, validationToken] = values;
  return {
    sid,
    startedAt: Number(startedAt),
    deadline: Number(deadline),
    closeReason: closeReason as CloseReason, // as it was written
    lastEventAt: Number(lastEventAt),
    playhead: playhead === '' ? null : Number(playhead),
    playheadMovedAt: Number(playheadMovedAt),
    ...(typeof validationToken === 'string' && { validationToken: JSON.parse(validationToken) }),
  };
}

export function encodeEvent({ event, receivedAt }: StoredEvent): string {
  return JSON.stringify([receivedAt, event]);
}

export function decodeEvent(text: string): StoredEvent {
  const [receivedAt, event] = JSON.parse(text);
  return { event, receivedAt };
}
