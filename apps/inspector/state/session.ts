import { computed, signal } from '@preact/signals';
import type {
  EventList,
  IndexedEvent,
  RejectedCall,
  RejectionList,
  SessionDetail,
} from '../../../src/inspector/api.ts';
import type { Outcome } from '../api/client.ts';
import { client } from './connection.ts';

/** How many events one answer has. */
const CHUNK = 5_000;

/** A session, its events and its rejected calls. */
export interface Watched {
  readonly sid: string;
  readonly detail?: SessionDetail;
  /** In the order of arrival: the n-th has the index n. */
  readonly events: readonly IndexedEvent[];
  readonly rejections: readonly RejectedCall[];
  /** What the server said when it knew no such session. */
  readonly missing?: string;
}

const nothing: Watched = { sid: '', events: [], rejections: [] };

/** The session on the page, as far as it is loaded. */
export const watched = signal<Watched>(nothing);

/** The events by the client's clock; those of one time as they arrived. */
export const byTime = computed(() =>
  watched.value.events.toSorted((a, b) => a.event.playerTime.ts - b.event.playerTime.ts),
);

/** Asks for what is new in a session. */
export async function refreshSession(sid: string): Promise<Outcome<unknown>> {
  if (watched.peek().sid !== sid) watched.value = { ...nothing, sid };
  const path = `sessions/${encodeURIComponent(sid)}`;
  const [detail, events, rejections] = await Promise.all([
    client.get<SessionDetail>(path),
    nextEvents(path, watched.peek().events),
    client.get<RejectionList>(`rejections?limit=50&sid=${encodeURIComponent(sid)}`),
  ]);
  const before = watched.peek();
  if (before.sid !== sid) return detail;
  if (detail.kind === 'missing') {
    watched.value = { ...nothing, sid, missing: detail.message };
    return detail;
  }
  watched.value = changed(before, {
    sid,
    ...(detail.kind === 'ok' ? { detail: detail.value } : before.detail && { detail: before.detail }),
    events: events.kind === 'ok' ? events.value : before.events,
    rejections: rejections.kind === 'ok' ? rejections.value.rejections : before.rejections,
  });
  return [detail, events, rejections].find(({ kind }) => kind !== 'ok') ?? detail;
}

/** What is there and what is new; the very same list when nothing is. */
async function nextEvents(path: string, known: readonly IndexedEvent[]): Promise<Outcome<readonly IndexedEvent[]>> {
  let events = known;
  for (;;) {
    const page = await client.get<EventList>(`${path}/events?from=${events.length}&limit=${CHUNK}`);
    if (page.kind !== 'ok') return events === known ? page : { kind: 'ok', value: events };
    if (page.value.events.length > 0) events = [...events, ...page.value.events];
    if (!page.value.more || page.value.events.length === 0) return { kind: 'ok', value: events };
  }
}

/** The same value when nothing differs, so that nothing is drawn again. */
function changed(before: Watched, after: Watched): Watched {
  const same = (['detail', 'events', 'rejections', 'missing'] as const).every((key) => before[key] === after[key]);
  return same ? before : after;
}
