import type { Collector } from '../collector/collector.ts';
import { isOpen } from '../session/lifecycle.ts';
import type { MediaSession } from '../session/session.ts';
import { followPages } from '../session/session-query.ts';
import type { Viewers } from './api.ts';

/** How long one count is for, in milliseconds, and how many counts there are: an hour of minutes. */
const STEP = 60_000;
const STEPS = 60;
/** Sessions that began longer than this before the first count are not looked for, in milliseconds. */
const LONGEST_SESSION = 12 * 3_600_000;
/** How many sessions are looked at, at most. */
const MAX_SESSIONS = 10_000;
/** How many sessions are read at a time. */
const PAGE = 1000;
/**
 * How long after its last event an open session counts as watched, in milliseconds: a player sends a ping every 10
 * seconds, and one that left without a sessionEnd closes ten minutes later only.
 */
const WATCHED_FOR = 60_000;
/** How long counts are given again, in milliseconds: to count takes a look at every session. */
const KEPT_FOR = 5_000;

/** Counts who watched, minute by minute, over the last hour. */
export function viewerCounts(collector: Collector): (since: number) => Promise<Viewers> {
  let kept: { readonly since: number; readonly until: number; readonly counting: Promise<Viewers> } | undefined;
  return (since) => {
    const now = collector.now();
    if (kept === undefined || now >= kept.until || kept.since !== since) {
      const counting = countViewers(collector, now, since);
      kept = { since, until: now + KEPT_FOR, counting };
      counting.catch(() => {
        kept = undefined;
      });
    }
    return kept.counting;
  };
}

async function countViewers(collector: Collector, now: number, since: number): Promise<Viewers> {
  const from = (Math.floor(now / STEP) - STEPS + 1) * STEP;
  const changes = new Array<number>(STEPS + 1).fill(0);
  const earliest = Math.max(since, from - LONGEST_SESSION);
  let looked = 0;
  let complete = true;
  for await (const { sessions, cursor } of followPages((query) => collector.sessions(query), { limit: PAGE })) {
    for (const session of sessions) if (session.startedAt >= since) count(session, from, now, changes);
    looked += PAGE;
    const last = sessions.at(-1);
    if (last && last.startedAt < earliest) break;
    complete = cursor === undefined || looked < MAX_SESSIONS;
    if (!complete) break;
  }
  return { from, step: STEP, counts: runningSums(changes).slice(0, STEPS), complete };
}

/** Adds a session at the first minute it was watched in, and takes it off at the first after. */
function count(session: MediaSession, from: number, now: number, changes: number[]): void {
  const end = isOpen(session, now) ? Math.min(now, session.lastEventAt + WATCHED_FOR) : session.lastEventAt;
  const first = Math.max(0, Math.floor((session.startedAt - from) / STEP));
  const after = Math.min(STEPS, Math.floor((end - from) / STEP) + 1);
  if (first >= after) return;
  changes[first] = (changes[first] ?? 0) + 1;
  changes[after] = (changes[after] ?? 0) - 1;
}

function runningSums(changes: readonly number[]): number[] {
  let sum = 0;
  return changes.map((change) => {
    sum += change;
    return sum;
  });
}
