import { boundsOf, MAX_PAGE_LENGTH } from '../session/event-pages.ts';
import type { EventRecord } from '../session/event-record.ts';
import type { StoredEvent } from '../session/session.ts';
import type { EventRange } from '../session/store.ts';

/**
 * The events of a session, compactly: for each the milliseconds from the start of the session to its receipt, and its
 * JSON text, which nobody can change later.
 */
export type EventLog = (number | string)[];

/** What an event takes beside its text, roughly. */
const OVERHEAD = 64;

/** Makes a log. The usual one, of one event, gets its exact size: flatMap would leave room for seventeen entries. */
export function logOf(events: readonly EventRecord[], startedAt: number): EventLog {
  const [first] = events;
  if (first && events.length === 1) return [first.receivedAt - startedAt, first.text];
  return events.flatMap(({ receivedAt, text }) => [receivedAt - startedAt, text]);
}

/** Reads a page of the events of a log. */
export function eventsOf(log: EventLog, startedAt: number, range: EventRange | undefined): StoredEvent[] {
  const { from, to } = boundsOf(range);
  const page: StoredEvent[] = [];
  let length = 0;
  for (let place = from; place < to && 2 * place < log.length && length < MAX_PAGE_LENGTH; place++) {
    const json = String(log[2 * place + 1]);
    page.push({ event: JSON.parse(json), receivedAt: startedAt + Number(log[2 * place]) });
    length += json.length;
  }
  return page;
}

/** What events take in a log, in bytes, roughly. */
export function sizeOfEvents(events: readonly EventRecord[]): number {
  let size = 0;
  for (const { text } of events) size += text.length + OVERHEAD;
  return size;
}

/** What all events of a log take, in bytes, roughly. */
export function sizeOfLog(log: EventLog): number {
  let size = 0;
  for (const text of log) if (typeof text === 'string') size += text.length + OVERHEAD;
  return size;
}
