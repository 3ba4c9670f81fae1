import { ANSWER_TIMEOUT } from '../shared/batches.ts';
import type { Connections, PostgresClient } from './connections.ts';
import type { Statements } from './statements.ts';
import type { PostgresSessionRow } from './writes.ts';

/** The most sessions forgotten at a time, with all their events. */
const FORGET_AT_ONCE = 500;
/** How long forgetting may take, in milliseconds: even one session may have too many events for less. */
const FORGETTING = 5000;

/** Which closed sessions are remembered. Where closes are claimed, one whose close is not settled is. */
export interface PostgresRetention {
  /** Says that this process claims closes. */
  noteClaims(): void;
  /** Finds out whether any process claims closes, for `isForgotten`. It matters only where sessions are forgotten. */
  lookForClaims(client: PostgresClient): Promise<void>;
  isForgotten(row: PostgresSessionRow, now: number): boolean;
  /** Removes old sessions, one call at a time, and fewer after a call that took too long. Never rejects. */
  forget(now: number): Promise<void>;
  /** Resolves when no removal is under way. */
  close(): Promise<void>;
}

/** @param retentionMs How long a closed session is remembered. */
export function postgresRetention(database: Connections, sql: Statements, retentionMs: number): PostgresRetention {
  let closesAreClaimed = false;
  let forgetting: Promise<void> | undefined;
  let atOnce = FORGET_AT_ONCE;

  async function lookForClaims(client: PostgresClient): Promise<void> {
    if (closesAreClaimed || retentionMs === Number.POSITIVE_INFINITY) return;
    const { rows } = await client.query(sql.anyClaimed);
    const [row] = rows as { readonly claimed: boolean }[]; // restates the column of the statement
    closesAreClaimed ||= row?.claimed === true;
  }

  async function remove(until: number): Promise<void> {
    const start = performance.now();
    try {
      await database.use(async (client) => {
        await lookForClaims(client);
        await client.query(closesAreClaimed ? sql.forgetSettled : sql.forgetClosed, [until, atOnce]);
      }, FORGETTING);
    } catch {
      // What is left is removed by a later call.
    }
    const tookTooLong = performance.now() - start >= ANSWER_TIMEOUT / 2;
    atOnce = tookTooLong ? Math.ceil(atOnce / 4) : Math.min(2 * atOnce, FORGET_AT_ONCE);
  }

  return {
    noteClaims() {
      closesAreClaimed = true;
    },

    lookForClaims,

    isForgotten: (row, now) => now >= row.deadline + retentionMs && (row.due === null || !closesAreClaimed),

    async forget(now) {
      if (retentionMs === Number.POSITIVE_INFINITY) return;
      forgetting ??= remove(now - retentionMs).finally(() => {
        forgetting = undefined;
      });
      await forgetting;
    },

    async close() {
      await forgetting;
    },
  };
}
