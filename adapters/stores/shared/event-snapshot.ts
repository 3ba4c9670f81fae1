import type { StoredEvent } from '../../../src/session/session.ts';

/**
 * What the lifecycle looks at of an event, as it is now: while the event waits for its batch, its sender may
 * change the object, whose text is kept already.
 */
export function snapshotOf({ event, receivedAt }: StoredEvent): StoredEvent {
  return { event: { ...event, playerTime: { ...event.playerTime } }, receivedAt };
}
