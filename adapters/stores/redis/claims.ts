import type { MediaSession } from '../../../src/session/session.ts';
import type { SessionStore } from '../../../src/session/store.ts';
import { type IndexEntry, type RedisIndex, SHARDS, sidOf } from './session-index.ts';
import { decodeSession } from './values.ts';

/** The most sessions one call looks at. */
const SCAN = 2000;
/** How many shards may fail one call, each after a wait, before it leaves the others to the next. */
const MAX_FAILURES = 2;

/** What came of the sessions of a shard that were due. */
interface Visit {
  readonly claimed: readonly MediaSession[];
  /** How many were looked at. */
  readonly looked: number;
}

/**
 * Claims closed sessions from the shards of the index by turns, also from one call to the next, so that no shard waits
 * for the others to be empty, or for their server to come back.
 *
 * @param look Looks at the close of a session, by the script `CLAIM`.
 */
export function claimByTurns(
  index: RedisIndex,
  look: (sid: string, now: number, until: number) => Promise<unknown>,
): SessionStore['claimClosed'] {
  let nextShard = 0;

  /** Looks at the sessions of a shard that are due, and leases the closed ones. */
  async function visit(shard: number, now: number, until: number, limit: number): Promise<Visit> {
    const entries = await index.take(shard, now, until, limit);
    const claimed: MediaSession[] = [];
    const lookAgain = new Map<IndexEntry, number | undefined>();
    const lookAt = async (entry: IndexEntry) => {
      const sid = sidOf(entry);
      const found = await look(sid, now, until);
      if (typeof found === 'string') lookAgain.set(entry, found === '' ? undefined : Number(found));
      const session = decodeSession(sid, found);
      if (session) claimed.push(session);
    };
    // What cannot be looked at or filed, on a server that is away, comes up again after the lease.
    await Promise.allSettled(entries.map(lookAt));
    await index.file(shard, until, lookAgain).catch(() => {});
    return { claimed, looked: entries.length };
  }

  return async (now, leaseMs, limit) => {
    const claimed: MediaSession[] = [];
    const failures: unknown[] = [];
    let looked = 0;
    let visited = 0;
    while (visited < SHARDS && failures.length < MAX_FAILURES && claimed.length < limit && looked < SCAN) {
      const room = Math.min(limit - claimed.length, SCAN - looked);
      try {
        const found = await visit(nextShard, now, now + leaseMs, room);
        claimed.push(...found.claimed);
        looked += found.looked;
        if (found.looked === room) continue; // there may be more
      } catch (error) {
        failures.push(error);
      }
      nextShard = (nextShard + 1) % SHARDS;
      visited += 1;
    }
    if (failures.length > 0 && claimed.length === 0) throw failures[0];
    return claimed;
  };
}
