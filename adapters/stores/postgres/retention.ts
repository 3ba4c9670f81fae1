import { ANSWER_TIMEOUT } from '../shared/limits.ts';
import type { PostgresClient } from './connections.ts';
import type { PostgresSessionRow, Statements } from './statements.ts';
import type { Transactions } from './transactions.ts';

/** The most sessions forgotten at a time, with all their events. */
const MAX_FORGOTTEN = 500;
/** How long forgetting them may take, in milliseconds: even one session may have too many events for less. */
const FORGET_TIMEOUT = 5000;

/** Forgets closed sessions after their retention. Where closes are claimed, it keeps those that are not settled. */
export interface PostgresRetention {
  /** Records that this process claims closes. */
  noteClaims(): void;
  /** Finds out whether any process claims closes, for `isForgotten`. It matters only where sessions are forgotten. */
  detectClaims(client: PostgresClient): Promise<void>;
  isForgotten(row: PostgresSessionRow, now: number): boolean;
  /** Removes old sessions, one call at a time, and fewer after a call that took too long. Never rejects. */
  forget(now: number): Promise<void>;
  /** Resolves when no removal is under way. */
  close(): Promise<void>;
}

/** @param retentionMs How long a closed session is remembered. */
export function postgresRetention(transactions: Transactions, sql: Statements, retentionMs: number): PostgresRetention {
  let closesAreClaimed = false;
  let removal: Promise<void> | undefined;
  let limit = MAX_FORGOTTEN;

  async function detectClaims(client: PostgresClient): Promise<void> {
    if (closesAreClaimed || retentionMs === Number.POSITIVE_INFINITY) return;
    const { rows } = await client.query(sql.anyClaimed);
    const [row] = rows as { readonly claimed: boolean }[]; // restates the column of the statement
    closesAreClaimed ||= row?.claimed === true;
  }

  /** Removes sessions that closed by a time. What a failure leaves is removed by a later call. */
  async function remove(closedBy: number): Promise<void> {
    const start = performance.now();
    const removed = transactions.run(async (client) => {
      await detectClaims(client);
      await client.query(closesAreClaimed ? sql.forgetSettled : sql.forgetClosed, [closedBy, limit]);
    }, FORGET_TIMEOUT);
    await removed.catch(() => {});
    const tookTooLong = performance.now() - start >= ANSWER_TIMEOUT / 2;
    limit = tookTooLong ? Math.ceil(limit / 4) : Math.min(2 * limit, MAX_FORGOTTEN);
  }

  return {
    noteClaims() {
      closesAreClaimed = true;
    },

    detectClaims,

    isForgotten: (row, now) => now >= row.deadline + retentionMs && (row.due === null || !closesAreClaimed),

    async forget(now) {
      if (retentionMs === Number.POSITIVE_INFINITY) return;
      removal ??= remove(now - retentionMs).finally(() => {
        removal = undefined;
      });
      await removal;
    },

    async close() {
      await removal;
    },
  };
}
