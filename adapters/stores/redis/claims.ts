import type { MediaSession } from '../../../src/session/session.ts';
import type { SessionStore } from '../../../src/session/store.ts';
import { decodeSession } from './encoding.ts';
import { type IndexEntry, type RedisIndex, SHARDS, sidOf } from './session-index.ts';

/** The most sessions one call checks. */
const MAX_CHECKED = 2000;
/** How many shards may fail one call, each after a wait, before it leaves the others to the next. */
const MAX_FAILURES = 2;

/** What came of the sessions of a shard that were due. */
interface ShardClaim {
  readonly claimed: readonly MediaSession[];
  readonly checked: number;
}

/**
 * Claims closed sessions from the shards of the index in turn, also from one call to the next, so that no shard waits
 * for the others to be empty, or for their server to come back.
 *
 * @param check Runs the script `CLAIM` on a session.
 */
export function roundRobinClaims(
  index: RedisIndex,
  check: (sid: string, now: number, leaseEnd: number) => Promise<unknown>,
): SessionStore['claimClosed'] {
  let nextShard = 0;

  /** Checks the sessions of a shard that are due, and leases the closed ones. */
  async function claimFrom(shard: number, now: number, leaseEnd: number, limit: number): Promise<ShardClaim> {
    const entries = await index.take(shard, now, leaseEnd, limit);
    const claimed: MediaSession[] = [];
    const nextChecks = new Map<IndexEntry, number | undefined>();
    const checkEntry = async (entry: IndexEntry) => {
      const sid = sidOf(entry);
      const outcome = await check(sid, now, leaseEnd);
      if (typeof outcome === 'string') nextChecks.set(entry, outcome === '' ? undefined : Number(outcome));
      const session = decodeSession(sid, outcome);
      if (session) claimed.push(session);
    };
    // What cannot be checked or rescheduled, on a server that is away, is due again after the lease.
    await Promise.allSettled(entries.map(checkEntry));
    await index.reschedule(shard, leaseEnd, nextChecks).catch(() => {});
    return { claimed, checked: entries.length };
  }

  return async (now, leaseMs, limit) => {
    const claimed: MediaSession[] = [];
    const failures: unknown[] = [];
    let checked = 0;
    let finished = 0;
    while (finished < SHARDS && failures.length < MAX_FAILURES && claimed.length < limit && checked < MAX_CHECKED) {
      const room = Math.min(limit - claimed.length, MAX_CHECKED - checked);
      try {
        const found = await claimFrom(nextShard, now, now + leaseMs, room);
        claimed.push(...found.claimed);
        checked += found.checked;
        if (found.checked === room) continue; // there may be more
      } catch (error) {
        failures.push(error);
      }
      nextShard = (nextShard + 1) % SHARDS;
      finished += 1;
    }
    if (failures.length > 0 && claimed.length === 0) throw failures[0];
    return claimed;
  };
}
