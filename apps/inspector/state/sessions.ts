import { effect, signal } from '@preact/signals';
import type { SessionList } from '../../../src/inspector/api.ts';
import type { Outcome } from '../api/client.ts';
import { type Pages, withNewest, withOlder } from '../api/pages.ts';
import { client } from './connection.ts';
import { route } from './route.ts';

export type StateFilter = 'all' | 'open' | 'closed';

/** How many sessions a page has. */
const PAGE = 50;

/** A search may come back with pages that are short or empty: how many of those are asked for at one go. */
const MOST_SHORT_PAGES = 20;

/** Milliseconds after which sessions further down are looked at again. */
const OLDER_GO_STALE = 10_000;

export const search = signal('');
export const stateFilter = signal<StateFilter>('all');

/** The list as far as it was asked for; undefined until the first answer to this search. */
export const pages = signal<Pages | undefined>(undefined);

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
  const query = selection();
  const first = await client.get<SessionList>(`sessions?${query}`);
  if (first.kind !== 'ok' || query !== selection()) return first;
  const known = pages.peek();
  if (known === undefined) {
    pages.value = first.value;
    olderAsOf = Date.now();
    if (first.value.sessions.length < PAGE) void showOlder();
    return first;
  }
  const goesFurther = lookingFurther.peek() || wanted > first.value.sessions.length;
  const next = goesFurther ? withNewest(known, first.value) : first.value;
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
  const query = selection();
  lookingFurther.value = true;
  const reached = await goOn(known, known.sessions.length + PAGE, MOST_SHORT_PAGES, (each) => {
    pages.value = each;
  });
  if (query !== selection()) return;
  wanted = Math.max(PAGE, reached.sessions.length);
  lookingFurther.value = false;
}

async function renewOlder(first: SessionList): Promise<void> {
  const query = selection();
  const asked = wanted;
  const renewed = await goOn(first, asked, Number.POSITIVE_INFINITY);
  if (query === selection() && asked === wanted && !lookingFurther.peek()) pages.value = renewed;
}

/** Reads on until there are so many sessions, or the most pages were read, or somebody looks for something else. */
async function goOn(from: Pages, until: number, most: number, show?: (reached: Pages) => void): Promise<Pages> {
  const query = selection();
  let reached = from;
  for (let asked = 0; asked < most; asked++) {
    if (reached.cursor === undefined || reached.sessions.length >= until) break;
    const page = await client.get<SessionList>(`sessions?${query}&cursor=${encodeURIComponent(reached.cursor)}`);
    if (page.kind !== 'ok' || query !== selection()) break;
    reached = withOlder(reached, page.value);
    show?.(reached);
  }
  return reached;
}

function selection(): string {
  const query = new URLSearchParams({ limit: String(PAGE) });
  if (search.peek().trim() !== '') query.set('search', search.peek().trim());
  if (stateFilter.peek() !== 'all') query.set('state', stateFilter.peek());
  return query.toString();
}
