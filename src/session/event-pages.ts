import { type TimeSlices, timeSlices } from '../common/event-loop.ts';
import { addSize, type JsonSize } from '../common/json.ts';
import { CHARACTERS_PER_VALUE } from './event-record.ts';
import type { StoredEvent } from './session.ts';
import type { EventRange, SessionStore } from './store.ts';

/** What a page is at most, in every store: with more it would hold up the thread that reads it. */
export const MAX_PAGE_EVENTS = 1000;
/** The characters of JSON from which on a page takes no further event. */
export const MAX_PAGE_LENGTH = 256 * 1024;

/** Where a page of events begins and ends, as places in the order of arrival. */
export function boundsOf({ from = 0, limit = MAX_PAGE_EVENTS }: EventRange = {}): { from: number; to: number } {
  return { from, to: from + Math.min(limit, MAX_PAGE_EVENTS) };
}

/** All events of a session, or undefined when it is unknown or forgotten meanwhile. */
export async function allEvents(
  store: Pick<SessionStore, 'events'>,
  sid: string,
  slice = timeSlices(),
): Promise<readonly StoredEvent[] | undefined> {
  return (await leadingEvents(store, sid, Number.POSITIVE_INFINITY, slice))?.events;
}

/** The first events of a session. */
export interface LeadingEvents {
  readonly events: readonly StoredEvent[];
  /** How many follow that are left out. */
  readonly leftOut: number;
}

/**
 * The first events of a session, as many as its `length` may have when it is bounded by `maxLength`; or undefined when it is
 * unknown or forgotten meanwhile. The bound holds by what is read, whatever the store says. Each page is a slice.
 */
export async function leadingEvents(
  store: Pick<SessionStore, 'events'>,
  sid: string,
  maxLength: number,
  slice: TimeSlices,
): Promise<LeadingEvents | undefined> {
  const size: JsonSize = { values: 0, characters: 0 };
  const events: StoredEvent[] = [];
  let leftOut = 0;
  for (;;) {
    await slice();
    const page = await store.events(sid, { from: events.length + leftOut });
    if (page === undefined) return undefined;
    if (page.length === 0) return { events, leftOut };
    for (const stored of page) {
      if (leftOut === 0) addSize(stored.event, size);
      const isTooMuch = Math.max(size.characters, CHARACTERS_PER_VALUE * size.values) > maxLength;
      if (isTooMuch && events.length > 0) leftOut += 1;
      else events.push(stored);
    }
  }
}
