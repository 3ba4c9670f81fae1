import type { Collector } from '../collector/collector.ts';
import type { TimeSlices } from '../common/event-loop.ts';
import { MAX_PAGE_EVENTS } from '../session/event-pages.ts';
import type { StoredEvent } from '../session/session.ts';
import { bytesOf, entryTexts, MAX_ENTRY } from './answer-bytes.ts';
import type { IndexedEvent } from './api.ts';
import type { Page } from './explanation.ts';
import { shorten } from './shorten.ts';

/** The events from an index on, as the JSON of their page; undefined for an unknown session. */
export async function eventListOf(
  collector: Collector,
  sid: string,
  { from, limit }: Page,
  slice: TimeSlices,
): Promise<string | undefined> {
  const texts = entryTexts(limit);
  const answer = (more: boolean) => `{"events":${texts.text()},"next":${from + texts.count},"more":${more}}`;
  for (;;) {
    const at = from + texts.count;
    const range = { from: at, limit: Math.min(limit - texts.count + 1, MAX_PAGE_EVENTS) }; // one more tells if there is more
    const page = await collector.events(sid, range);
    if (page === undefined) return undefined;
    if (page.length === 0) return answer(false);
    for (const [place, stored] of page.entries()) {
      await slice();
      if (!texts.add(entryOf(at + place, stored))) return answer(true);
    }
  }
}

function entryOf(index: number, stored: StoredEvent): string {
  const json = JSON.stringify({ index, ...stored } satisfies IndexedEvent);
  if (json.length < MAX_ENTRY / 3 || bytesOf(json) <= MAX_ENTRY) return json; // no character has more than three bytes
  const { eventType, playerTime } = stored.event;
  const { ts, playhead } = playerTime;
  const shown = shorten(stored.event, MAX_ENTRY / 2).value;
  return JSON.stringify({
    index,
    event: { ...shown, eventType, playerTime: { playhead, ts } }, // whatever else is in it
    receivedAt: stored.receivedAt,
    shortened: true,
  });
}
