import { effect, signal } from '@preact/signals';
import type { SessionList } from '../../../src/inspector/api.ts';
import type { Outcome } from '../api/client.ts';
import { withNewestSessions, withOlderSessions } from '../api/pages.ts';
import { route } from './browser.ts';
import { client } from './connection.ts';

/** The sessions that are listed, by their state. */
export type StateFilter = 'all' | 'open' | 'closed';

/** How many sessions a page has. */
const PAGE = 50;

/** How many pages are asked for at one go: those of a search may be short or empty. */
const MAX_SHORT_PAGES = 20;

/** Milliseconds after which the sessions behind the first page are asked for again. */
const OLDER_GO_STALE = 10_000;

/** What the list is searched for, and filtered by. */
export const search = signal('');
export const stateFilter = signal<StateFilter>('all');

/** The list as far as it was asked for; undefined until the first answer to this search. */
export const pages = signal<SessionList | undefined>(undefined);

/** Whether older sessions are being looked for. */
export const lookingFurther = signal(false);

/** The session that the keyboard is on. */
export const cursorSid = signal<string | undefined>(undefined);

let olderAsOf = 0;

/** How many sessions were asked for. Those that start meanwhile push out as many others. */
let wanted = PAGE;

effect(() => {
  if (route.value.page === 'session') cursorSid.value = route.value.sid;
});

effect(() => {
  void [search.value, stateFilter.value];
  pages.value = undefined;
  lookingFurther.value = false;
  wanted = PAGE;
});

/** Renews the list from its top. */
export async function refreshSessions(): Promise<Outcome<unknown>> {
  const query = currentQuery();
  const first = await client.get<SessionList>(`sessions?${query}`);
  if (first.kind !== 'ok' || query !== currentQuery()) return first;
  const known = pages.peek();
  if (known === undefined) {
    pages.value = first.value;
    olderAsOf = Date.now();
    if (first.value.sessions.length < PAGE) void showOlder();
    return first;
  }
  const goesFurther = lookingFurther.peek() || wanted > first.value.sessions.length;
  const next = goesFurther ? withNewestSessions(known, first.value) : first.value;
  if (next !== known) pages.value = next;
  if (next !== first.value && !lookingFurther.peek() && Date.now() - olderAsOf > OLDER_GO_STALE) {
    olderAsOf = Date.now();
    void renewOlder(first.value);
  }
  return first;
}

/** Goes on to older sessions, past pages without any that match, until there is something to show. */
export async function showOlder(): Promise<void> {
  const known = pages.peek();
  if (known?.cursor === undefined || lookingFurther.peek()) return;
  const query = currentQuery();
  lookingFurther.value = true;
  const reached = await goOn(known, known.sessions.length + PAGE, MAX_SHORT_PAGES, (each) => {
    pages.value = each;
  });
  if (query !== currentQuery()) return;
  wanted = Math.max(PAGE, reached.sessions.length);
  lookingFurther.value = false;
}

async function renewOlder(first: SessionList): Promise<void> {
  const query = currentQuery();
  const asked = wanted;
  const renewed = await goOn(first, asked, Number.POSITIVE_INFINITY);
  if (query === currentQuery() && asked === wanted && !lookingFurther.peek()) pages.value = renewed;
}

/** Reads on until there are `until` sessions, or `maxPages` more were read, or somebody looks for something else. */
async function goOn(
  from: SessionList,
  until: number,
  maxPages: number,
  show?: (reached: SessionList) => void,
): Promise<SessionList> {
  const query = currentQuery();
  let reached = from;
  for (let asked = 0; asked < maxPages; asked++) {
    if (reached.cursor === undefined || reached.sessions.length >= until) break;
    const page = await client.get<SessionList>(`sessions?${query}&cursor=${encodeURIComponent(reached.cursor)}`);
    if (page.kind !== 'ok' || query !== currentQuery()) break;
    reached = withOlderSessions(reached, page.value);
    show?.(reached);
  }
  return reached;
}

function currentQuery(): string {
  const query = new URLSearchParams({ limit: String(PAGE) });
  if (search.peek().trim() !== '') query.set('search', search.peek().trim());
  if (stateFilter.peek() !== 'all') query.set('state', stateFilter.peek());
  return query.toString();
}
