import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sqliteStore } from '../../../adapters/stores/sqlite/store.ts';
import { printTitle } from '../figures.ts';
import { compareRates, rateOf } from './rates.ts';
import { LARGE, NOW, pinger, start, starter } from './sessions.ts';

export async function benchSqlite(): Promise<void> {
  printTitle('SQLite, synchronous FULL');
  const folder = mkdtempSync(join(tmpdir(), 'media-sessions-bench-'));
  try {
    await compareWithSingleTransactions(join(folder, 'a.db'));
    await compareLargeWithSmall(join(folder, 'large.db'), join(folder, 'small.db'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function compareWithSingleTransactions(file: string): Promise<void> {
  const store = sqliteStore(file);
  const works = { starts: starter(store), pings: await pinger(store) };
  for (const [name, work] of Object.entries(works)) {
    await compareRates(
      `${name}: group commit to a transaction each`,
      rateOf(work),
      rateOf(work, { concurrency: 1 }), // nothing else to share a transaction with
    );
  }
  await store.close();
}

async function compareLargeWithSmall(largeFile: string, smallFile: string): Promise<void> {
  const large = sqliteStore(largeFile);
  const small = sqliteStore(smallFile);
  const pingLarge = await pinger(large);
  const pingSmall = await pinger(small);
  fill(largeFile);
  await compareRates('pings: a large store to a small one', rateOf(pingLarge), rateOf(pingSmall));
  await Promise.all([large.close(), small.close()]);
}

/** Adds sessions of three events, closed and settled. */
function fill(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`
    with recursive n (i) as (select 1 union all select i + 1 from n where i < ${LARGE})
    insert into media_sessions (sid, started_at, deadline, close_reason, last_event_at, playhead, playhead_moved_at,
      last_event, due, claimed)
    select lower(hex(randomblob(32))), ${NOW}, ${NOW}, 'idle', ${NOW}, 0, ${NOW}, 0, null, 1 from n;
    insert into media_events (session, preceding, received_at, event)
    select id, 0, ${NOW}, '${JSON.stringify(start.event)}'
    from media_sessions, (select 1 union select 2 union select 3) where claimed = 1`);
  database.close();
}
