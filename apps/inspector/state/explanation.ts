import { effect, signal } from '@preact/signals';
import type { IndexedExplanation, SessionDetail } from '../../../src/inspector/api.ts';
import { client } from './connection.ts';
import { shownField } from './selection.ts';
import { pathOf, watched } from './session.ts';

/** What made a number, as far as it is loaded. */
export interface ShownExplanation extends Omit<IndexedExplanation, 'next' | 'asOf'> {
  readonly field: string;
}

/** What made the number that is shown; undefined while nothing of it is loaded. */
export const explanation = signal<ShownExplanation | undefined>(undefined);

/** Milliseconds for which a number must be pointed at before it is asked about. */
const SETTLED = 50;
/** How many intervals and events one answer has at most. */
const CHUNK = 5_000;
/** The numbers that nothing explains: every event, and a length that was sent. */
const UNEXPLAINED: ReadonlySet<string> = new Set(['eventCount', 'sessionDetails.length']);
/** How many explanations are kept, while the session stays as it is. */
const MAX_KNOWN = 50;

let known = new Map<string, ShownExplanation>();
let knownOf: SessionDetail | undefined;

effect(() => {
  const field = shownField.value;
  const { sid, detail } = watched.value;
  if (detail !== knownOf) known = new Map();
  knownOf = detail;
  const there = field === undefined ? undefined : known.get(field);
  const before = explanation.peek();
  if (there !== undefined || before?.field !== field) explanation.value = there;
  if (field === undefined || there !== undefined || detail === undefined || UNEXPLAINED.has(field)) return;
  let isWanted = true;
  const timer = setTimeout(() => load(sid, field, () => isWanted), SETTLED);
  return () => {
    isWanted = false;
    clearTimeout(timer);
  };
});

/** The event after one among those that made a number, or the first. Undefined when the server does not say. */
export async function nextEvent(field: string, after: number | undefined): Promise<number | undefined> {
  const { sid } = watched.peek();
  let first: number | undefined;
  let isNext = after === undefined;
  for (let from: number | undefined = 0; from !== undefined; ) {
    const page: Pick<IndexedExplanation, 'events' | 'next'> | undefined =
      known.get(field) ?? (await readPage(sid, field, from));
    if (page === undefined) return undefined;
    for (const index of page.events) {
      if (isNext) return index;
      first ??= index;
      isNext = index === after;
    }
    from = page.next;
  }
  return first;
}

async function readPage(sid: string, field: string, from: number): Promise<IndexedExplanation | undefined> {
  const query = new URLSearchParams({ field, from: String(from), limit: String(CHUNK) });
  const page = await client.get<IndexedExplanation>(`${pathOf(sid)}/explanation?${query}`, { keep: false });
  return page.kind === 'ok' ? page.value : undefined;
}

/** Loads page after page while it is wanted, and shows what is there so far. */
async function load(sid: string, field: string, isWanted: () => boolean): Promise<void> {
  const intervals: IndexedExplanation['intervals'][number][] = [];
  const events: number[] = [];
  for (let from: number | undefined = 0; from !== undefined; ) {
    const page = await readPage(sid, field, from);
    if (page === undefined || !isWanted()) return;
    const { asOf: _asOf, next, playheads, ...rest } = page;
    intervals.push(...rest.intervals);
    events.push(...rest.events);
    const shown = { field, ...rest, intervals, events, ...(from === 0 && playheads && { playheads }) };
    explanation.value = shown;
    from = next;
    if (next === undefined && known.size < MAX_KNOWN) known.set(field, shown);
  }
}
