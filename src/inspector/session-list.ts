import type { Collector } from '../collector/collector.ts';
import type { MediaSession } from '../session/session.ts';
import type { SessionPage, SessionQuery } from '../session/store.ts';
import type { SessionList, SessionSummary } from './api.ts';
import { BadQuery, type Query } from './query.ts';
import type { SessionSummaries } from './session-summaries.ts';

/** How many sessions one search looks at before it answers with what it found and a cursor. */
const SEARCH_SCAN = 1000;
/** How many sessions are summarised at once. A start may be large, and is whole in memory meanwhile. */
const AT_ONCE = 10;

/**
 * A page of the sessions that started at `since` or later, newest first.
 *
 * @param since Unix milliseconds.
 */
export async function listSessions(
  collector: Collector,
  summaries: SessionSummaries,
  query: Query,
  since: number,
): Promise<SessionList> {
  const state = query.oneOf('state', ['open', 'closed']);
  const limit = query.integer('limit', 50, 1, 200);
  const search = query.text('search')?.toLowerCase();
  let cursor = query.text('cursor');
  const found: SessionSummary[] = [];

  for (let looked = 0; looked < SEARCH_SCAN; ) {
    const size = limit - found.length;
    const page = await readPage(collector, { limit: size, ...(state && { state }), ...(cursor && { cursor }) });
    const recent = page.sessions.filter(({ startedAt }) => startedAt >= since);
    found.push(...(await summarise(recent, summaries, search)));
    cursor = recent.length < page.sessions.length ? undefined : page.cursor; // what follows is older still
    looked += size;
    if (cursor === undefined || found.length > limit / 2) break; // a fuller page would take ever smaller steps
  }
  return { sessions: found, ...(cursor !== undefined && { cursor }) };
}

async function readPage(collector: Collector, query: SessionQuery): Promise<SessionPage> {
  try {
    return await collector.sessions(query);
  } catch (error) {
    if (error instanceof RangeError) throw new BadQuery('cursor must be the cursor of the page before');
    throw error;
  }
}

async function summarise(
  sessions: readonly MediaSession[],
  summaries: SessionSummaries,
  search: string | undefined,
): Promise<SessionSummary[]> {
  const found: SessionSummary[] = [];
  for (let at = 0; at < sessions.length; at += AT_ONCE) {
    const some = await Promise.all(sessions.slice(at, at + AT_ONCE).map((session) => summaries.of(session)));
    found.push(...some.filter((summary) => summary !== undefined).filter((summary) => matches(summary, search)));
  }
  return found;
}

function matches({ sid, mediaId, mediaName, playerName, visitor }: SessionSummary, search = ''): boolean {
  return [sid, mediaId, mediaName, playerName, visitor].some((text) => text?.toLowerCase().includes(search));
}
