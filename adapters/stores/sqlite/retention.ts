import type { SqliteSessionRow, Statements } from './statements.ts';

/** Forgets closed sessions after their retention. Where closes are claimed, it keeps those that are not settled. */
export interface SqliteRetention {
  /** Records that this process claims closes. */
  noteClaims(): void;
  isForgotten(sql: Statements, row: SqliteSessionRow, now: number): boolean;
  /** Removes at most `limit` old sessions, and some of the events of those that were removed. */
  forget(sql: Statements, now: number, limit: number): void;
}

/** @param retentionMs How long a closed session is remembered. */
export function sqliteRetention(retentionMs: number): SqliteRetention {
  let closesAreClaimed = false; // by this process; others are known by the sessions that they claimed

  return {
    noteClaims() {
      closesAreClaimed = true;
    },

    isForgotten(sql, row, now) {
      if (now < row.deadline + retentionMs) return false;
      return row.due === null || !(closesAreClaimed || sql.anyClaimed());
    },

    forget(sql, now, limit) {
      if (retentionMs === Number.POSITIVE_INFINITY) return;
      sql.forget(now - retentionMs, closesAreClaimed || sql.anyClaimed(), limit);
      sql.deleteForgotten();
    },
  };
}
