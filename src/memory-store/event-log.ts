import { eventText } from '../session/event-copy.ts';
import type { StoredEvent } from '../session/session.ts';
import type { NewEvent } from '../session/store.ts';

/**
 * The events of a session, compactly: for each the milliseconds from the start of the session to its receipt, and its
 * JSON text, which nobody can change later.
 */
export type EventLog = (number | string)[];

/** What an event takes beside its text, roughly. */
const OVERHEAD = 64;

/** Makes a log. The usual one, of one event, gets its exact size: flatMap would leave room for seventeen entries. */
export function logOf(events: readonly NewEvent[], startedAt: number): EventLog {
  const [first] = events;
  if (first && events.length === 1) return [first.receivedAt - startedAt, eventText(first)];
  return events.flatMap((event) => [event.receivedAt - startedAt, eventText(event)]);
}

/** Reads the events of a log. */
export function eventsOf(log: EventLog, startedAt: number): StoredEvent[] {
  return log.flatMap((json, index) => {
    if (typeof json === 'number') return [];
    return [{ event: JSON.parse(json), receivedAt: startedAt + Number(log[index - 1]) }];
  });
}

/** What an event takes in a log, in bytes, roughly. */
export function sizeOfEvent(json: string): number {
  return json.length + OVERHEAD;
}

/** What all events of a log take, in bytes, roughly. */
export function sizeOfLog(log: EventLog): number {
  let size = 0;
  for (const json of log) if (typeof json === 'string') size += sizeOfEvent(json);
  return size;
}
