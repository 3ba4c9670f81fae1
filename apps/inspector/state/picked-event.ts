import { computed, effect, signal } from '@preact/signals';
import type { EventDiagnostics, EventList, IndexedEvent } from '../../../src/inspector/api.ts';
import { client } from './connection.ts';
import { picked } from './selection.ts';
import { pathOf, watched, wholeEvent } from './session.ts';

const fetched = signal<{ readonly sid: string; readonly event: IndexedEvent } | undefined>(undefined);
const found = signal<{ readonly sid: string; readonly index: number; readonly places: readonly number[] } | undefined>(
  undefined,
);

/** All that the picked event has; undefined while it is loaded. */
export const pickedEvent = computed<IndexedEvent | undefined>(() => {
  const { sid } = watched.value;
  const index = picked.value;
  if (index === undefined) return undefined;
  const last = fetched.value;
  return wholeEvent(index) ?? (last?.sid === sid && last.event.index === index ? last.event : undefined);
});

/** The diagnostics of the report that are about the picked event. */
export const pickedDiagnostics = computed(() => {
  const { sid, detail } = watched.value;
  const last = found.value;
  if (last?.sid !== sid || last.index !== picked.value) return [];
  return last.places.flatMap((place) => detail?.report.diagnostics[place] ?? []);
});

effect(() => {
  const index = picked.value;
  const { sid, detail } = watched.value;
  if (index === undefined || detail === undefined) return;
  const isWanted = () => picked.peek() === index && watched.peek().sid === sid;
  if (pickedEvent.peek() === undefined) void readEvent(sid, index, isWanted);
  if (detail.report.diagnostics.length > 0) void readDiagnostics(sid, index, isWanted);
});

async function readEvent(sid: string, index: number, isWanted: () => boolean): Promise<void> {
  const page = await client.get<EventList>(`${pathOf(sid)}/events?from=${index}&limit=1`, { keep: false });
  const [event] = page.kind === 'ok' ? page.value.events : [];
  if (event && isWanted()) fetched.value = { sid, event };
}

async function readDiagnostics(sid: string, index: number, isWanted: () => boolean): Promise<void> {
  const about = await client.get<EventDiagnostics>(`${pathOf(sid)}/diagnostics?event=${index}`, { keep: false });
  if (about.kind === 'ok' && isWanted()) found.value = { sid, index, places: about.value.diagnostics };
}
