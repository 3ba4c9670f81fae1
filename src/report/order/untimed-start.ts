import type { MediaSession, StoredEvent } from '../../session/session.ts';

/** How far a client's clock may be from the server's to pass for the same, in milliseconds. */
const TOLERANCE = 5000;

/**
 * The events of a session, with a start that can be compared with them: one by the Media Edge API that did not say when
 * it happened has the time of its receipt, by the server's clock. Where the clock of the event that follows is another,
 * the start has the time of that event (decided here).
 */
export function withTimedStart({ edge }: MediaSession, events: readonly StoredEvent[]): readonly StoredEvent[] {
  const [start, next] = events;
  if (!edge?.untimed || !start || !next || isSameClock(start, next)) return events;
  const playerTime = { ...start.event.playerTime, ts: next.event.playerTime.ts };
  return [{ ...start, event: { ...start.event, playerTime } }, ...events.slice(1)];
}

function isSameClock(start: StoredEvent, { event, receivedAt }: StoredEvent): boolean {
  const { ts } = event.playerTime;
  return Math.abs(ts - receivedAt) <= TOLERANCE && ts >= start.event.playerTime.ts;
}
