import type { RejectionList, SessionList } from '../../../src/inspector/api.ts';

/** The most calls that are shown: the server keeps no more. */
const MAX_CALLS = 500;

/**
 * Renews the newest calls. Older ones that somebody asked for stay behind them, unless so many came at once that
 * there would be a hole.
 */
export function withNewestCalls(known: RejectionList, first: RejectionList, pageSize: number): RejectionList {
  const oldest = first.rejections.at(-1);
  const [newest] = known.rejections;
  const wentFurther = known.rejections.length > Math.min(pageSize, first.rejections.length); // a page may be short
  if (!wentFurther || first.cursor === undefined || !oldest || !newest || newest.id < oldest.id) return first;
  const older = known.rejections.filter(({ id }) => id < oldest.id);
  return { ...known, rejections: [...first.rejections, ...older].slice(0, MAX_CALLS) };
}

/** Adds a page of older calls. */
export function withOlderCalls(known: RejectionList, { rejections, cursor }: RejectionList): RejectionList {
  return { rejections: [...known.rejections, ...rejections], ...(cursor !== undefined && { cursor }) };
}

/**
 * Renews the newest sessions. Those that the new first page pushed down stay behind it; those that it should hold
 * and does not are gone from the selection.
 */
export function withNewestSessions(known: SessionList, first: SessionList): SessionList {
  const last = first.sessions.at(-1);
  if (first.cursor === undefined || known.sessions.length === 0) return first;
  if (last === undefined) return known;
  const fresh = new Set(first.sessions.map(({ sid }) => sid));
  const older = known.sessions.filter(({ sid, startedAt }) => !fresh.has(sid) && startedAt <= last.startedAt);
  if (older.length === 0) return first;
  return { ...known, sessions: [...first.sessions, ...older] };
}

/** Adds a page of older sessions. */
export function withOlderSessions(known: SessionList, { sessions, cursor }: SessionList): SessionList {
  const there = new Set(known.sessions.map(({ sid }) => sid));
  return {
    sessions: [...known.sessions, ...sessions.filter(({ sid }) => !there.has(sid))],
    ...(cursor !== undefined && { cursor }),
  };
}
