import { signal } from '@preact/signals';
import type {
  EventList,
  IndexedEvent,
  RejectedCall,
  RejectionList,
  SessionDetail,
} from '../../../src/inspector/api.ts';
import type { Outcome } from '../api/client.ts';
import { type EventLog, emptyLog } from '../events/event-log.ts';
import { client } from './connection.ts';

/** How many events one answer has at most. */
const CHUNK = 5_000;
/** Of how many events, the first of a session, all that they have is kept; that of others is asked for again. */
const KEPT_WHOLE = 20_000;
/** Milliseconds between two drawings while events are loaded. */
const DRAWN_EVERY = 300;

/** A session, its events and its rejected calls. */
export interface Watched {
  readonly sid: string;
  readonly detail?: SessionDetail;
  readonly log: EventLog;
  readonly rejections: readonly RejectedCall[];
  /** Why there is nothing to show. */
  readonly absence?: Absence;
}

interface Absence {
  readonly kind: 'missing' | 'too-large';
  /** What the server said. */
  readonly message: string;
}

const nothing = (sid: string): Watched => ({ sid, log: emptyLog(), rejections: [] });

/** The session on the page, as far as it is loaded. */
export const watched = signal<Watched>(nothing(''));

/** Counts the sessions that were watched, one after the other: what was asked of another is dropped. */
let visit = 0;
/** The first events, whole. */
let whole: IndexedEvent[] = [];
/** Events are loaded by one at a time. */
let loading: Promise<Outcome<unknown>> | undefined;

/** All that an event has, where it is kept. */
export function wholeEvent(index: number): IndexedEvent | undefined {
  return whole[index];
}

/** The path of a session below `api/`. */
export function pathOf(sid: string): string {
  return `sessions/${encodeURIComponent(sid)}`;
}

/** Asks for what is new in a session. */
export async function refreshSession(sid: string): Promise<Outcome<unknown>> {
  if (watched.peek().sid !== sid) {
    visit += 1;
    watched.value = nothing(sid);
    whole = [];
    loading = undefined;
  }
  const outcomes = await Promise.all([refreshDetail(sid), refreshEvents(sid), refreshRejections(sid)]);
  return outcomes.find(({ kind }) => kind !== 'ok') ?? outcomes[0];
}

async function refreshDetail(sid: string): Promise<Outcome<unknown>> {
  const detail = await client.get<SessionDetail>(pathOf(sid));
  if (watched.peek().sid !== sid) return detail;
  if (detail.kind === 'ok') update({ detail: detail.value });
  else if (detail.kind === 'missing' || detail.kind === 'too-large') {
    watched.value = { ...nothing(sid), absence: detail };
    whole = [];
  }
  return detail;
}

async function refreshRejections(sid: string): Promise<Outcome<unknown>> {
  const list = await client.get<RejectionList>(`rejections?limit=50&sid=${encodeURIComponent(sid)}`);
  if (list.kind === 'ok' && watched.peek().sid === sid) update({ rejections: list.value.rejections });
  return list;
}

/** Asks for the events behind those that are known; for as many as one answer has, and for the rest meanwhile. */
async function refreshEvents(sid: string): Promise<Outcome<unknown>> {
  if (loading !== undefined) return { kind: 'ok', value: undefined };
  const first = await nextEvents(sid, watched.peek().log);
  if (first.kind === 'ok') {
    show(sid, first.value.log);
    if (first.value.more) loadOn(sid, first.value.log);
  }
  return first;
}

function loadOn(sid: string, from: EventLog): void {
  const own = visit;
  const load = async (): Promise<Outcome<unknown>> => {
    let log = from;
    let drawn = performance.now();
    for (;;) {
      const next = await nextEvents(sid, log);
      if (visit !== own) return next;
      if (next.kind === 'ok') log = next.value.log;
      const isOver = next.kind !== 'ok' || !next.value.more;
      if (isOver || performance.now() - drawn > DRAWN_EVERY) {
        show(sid, log);
        drawn = performance.now();
      }
      if (isOver) return next;
    }
  };
  const running = load().finally(() => {
    if (loading === running) loading = undefined;
  });
  loading = running;
}

/** What is there and what is new; the very same log when nothing is. */
async function nextEvents(
  sid: string,
  log: EventLog,
): Promise<Outcome<{ readonly log: EventLog; readonly more: boolean }>> {
  const own = visit;
  const path = `${pathOf(sid)}/events?from=${log.count}&limit=${CHUNK}`;
  const page = await client.get<EventList>(path, { keep: false });
  if (page.kind !== 'ok') return page;
  const { events, more } = page.value;
  if (events.length === 0 || visit !== own) return { kind: 'ok', value: { log, more: false } };
  if (whole.length < KEPT_WHOLE) whole.push(...events);
  return { kind: 'ok', value: { log: log.with(events), more } };
}

function show(sid: string, log: EventLog): void {
  if (watched.peek().sid === sid && watched.peek().absence === undefined) update({ log });
}

/** Takes what is new. When nothing differs, nothing is drawn again. */
function update(part: Partial<Pick<Watched, 'detail' | 'log' | 'rejections'>>): void {
  const { absence: _absence, ...before } = watched.peek();
  const same = Object.entries(part).every(([key, value]) => before[key as keyof typeof part] === value); // its own keys
  if (!same) watched.value = { ...before, ...part };
}
