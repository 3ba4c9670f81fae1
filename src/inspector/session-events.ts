import type { Collector } from '../collector/collector.ts';
import type { StoredEvent } from '../session/session.ts';

/** How many events are read at a time: few enough that to parse them is no long turn. */
const PAGE = 500;

/** A page of the events of a session in the order of arrival; empty at their end, undefined for an unknown session. */
export async function eventPage(
  collector: Collector,
  sid: string,
  from: number,
  limit: number,
): Promise<readonly StoredEvent[] | undefined> {
  const events = await collector.events(sid);
  return events?.slice(from, from + Math.min(limit, PAGE));
}

/** The first event of a session. */
export async function firstEvent(collector: Collector, sid: string): Promise<StoredEvent | undefined> {
  return (await eventPage(collector, sid, 0, 1))?.[0];
}

/** The events of a session from an index on, page by page. */
export async function* eventPages(
  collector: Collector,
  sid: string,
  from: number,
): AsyncGenerator<readonly StoredEvent[]> {
  const events = (await collector.events(sid)) ?? [];
  for (let at = from; at < events.length; at += PAGE) yield events.slice(at, at + PAGE);
}
