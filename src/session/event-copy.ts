import type { StoredEvent } from './session.ts';
import type { NewEvent } from './store.ts';

/**
 * The JSON text that a store keeps of an event, taken at the call: the one it came as, where UTF-8 can hold it. A lone
 * surrogate has no UTF-8 and would be lost on the way to a file or a server; `JSON.stringify` writes its escape.
 */
export function eventText({ event, json }: NewEvent): string {
  return json?.isWellFormed() ? json : JSON.stringify(event);
}

/** Copies what the lifecycle reads of an event: its sender may change the object while the event waits to be written. */
export function snapshotOf({ event, receivedAt }: StoredEvent): StoredEvent {
  return { event: { ...event, playerTime: { ...event.playerTime } }, receivedAt };
}
