import { Pool } from 'pg';
import { postgresStore } from '../../../adapters/stores/postgres/store.ts';
import { startPostgres } from '../../support/servers/postgres.ts';
import { printTitle } from '../figures.ts';
import { compareRates, rateOf } from './rates.ts';
import { LARGE, NOW, pingAt, pinger, SMALL, start } from './sessions.ts';

export async function benchPostgres(): Promise<void> {
  printTitle('PostgreSQL');
  const server = await startPostgres();
  try {
    const pool = new Pool({ connectionString: await server.newDatabase() });
    await compareWithSingleInserts(pool);
    await compareLargeWithSmall(pool);
    await pool.end();
  } finally {
    await server.remove();
  }
}

async function compareWithSingleInserts(pool: Pool): Promise<void> {
  const store = postgresStore(pool);
  const ping = await pinger(store);
  const insert = await singleInserts(pool);
  await compareRates('pings: batches to single inserts', rateOf(ping), rateOf(insert));
  await store.close();
}

async function compareLargeWithSmall(pool: Pool): Promise<void> {
  const large = postgresStore(pool, { schema: 'large' });
  const small = postgresStore(pool, { schema: 'small' });
  const pingLarge = await pinger(large);
  const pingSmall = await pinger(small);
  await fill(pool, 'large');
  await compareRates('pings: a large store to a small one', rateOf(pingLarge), rateOf(pingSmall));
  await Promise.all([large.close(), small.close()]);
}

/** What a handler does that keeps each event by a statement of its own, over the ten connections of the pool. */
async function singleInserts(pool: Pool): Promise<(at: number) => Promise<unknown>> {
  await pool.query('create table single (session bigint, place integer, received_at float8, event text)');
  await pool.query('create index on single (session, place)');
  const text = JSON.stringify(pingAt(0).event);
  return (at) => pool.query('insert into single values ($1, $2, $3, $4)', [at % SMALL, at, NOW, text]);
}

/** Adds sessions of three events, closed and settled, and has the server do now what it would do meanwhile. */
async function fill(pool: Pool, schema: string): Promise<void> {
  await pool.query(`
    insert into ${schema}.sessions (sid, started_at, deadline, close_reason, last_event_at, playhead,
      playhead_moved_at, event_count, due, claimed)
    select md5(i::text) || md5((-i)::text), ${NOW}, ${NOW}, 'idle', ${NOW}, 0, ${NOW}, 3, null, true
    from generate_series(1, ${LARGE}) i`);
  await pool.query(`
    insert into ${schema}.events select id, place, ${NOW}, '${JSON.stringify(start.event)}'
    from ${schema}.sessions, generate_series(1, 3) place where claimed`);
  await pool.query('vacuum analyze');
  await pool.query('checkpoint');
}
