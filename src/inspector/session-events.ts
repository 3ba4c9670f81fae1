import type { Collector } from '../collector/collector.ts';
import { MAX_PAGE_EVENTS } from '../session/event-pages.ts';
import type { StoredEvent } from '../session/session.ts';

/** The first event of a session; undefined for an unknown one. */
export async function firstEvent(collector: Collector, sid: string): Promise<StoredEvent | undefined> {
  return (await collector.events(sid, { from: 0, limit: 1 }))?.[0];
}

/** The events of a session from an index on, page by page. */
export async function* eventPages(
  collector: Collector,
  sid: string,
  from: number,
): AsyncGenerator<readonly StoredEvent[]> {
  for (let at = from; ; ) {
    const page = await collector.events(sid, { from: at, limit: MAX_PAGE_EVENTS });
    if (page === undefined || page.length === 0) return;
    yield page;
    at += page.length;
  }
}
