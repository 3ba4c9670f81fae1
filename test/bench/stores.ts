/**
 * What the stores gain by writing together, and what a large store costs. Run: `npx node test/bench/stores.ts`.
 * It starts its own servers; a server that is not installed is left out.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Pool } from 'pg';
import { createClient } from 'redis';
import { postgresStore } from '../../adapters/stores/postgres/store.ts';
import { redisStore } from '../../adapters/stores/redis/store.ts';
import { sqliteStore } from '../../adapters/stores/sqlite/store.ts';
import { DEFAULT_TIMEOUTS, open } from '../../src/session/lifecycle.ts';
import type { StoredEvent } from '../../src/session/session.ts';
import { newSessionId } from '../../src/session/session-id.ts';
import type { SessionStore } from '../../src/session/store.ts';
import { postgresIsMissing, startPostgres } from '../support/servers/postgres.ts';
import { redisIsMissing, startRedis } from '../support/servers/redis.ts';
import { describeRatio } from './ratio.ts';

/** How many requests are under way at a time: a busy server's. */
const CONCURRENCY = 1000;
const ROUNDS = 5;
/** How long a measurement takes, in milliseconds. */
const SPAN = 500;
/** Sessions that are stored when a store is small, and large. */
const SMALL = 1000;
const LARGE = 1_000_000;
const SIZES = `pings: with ${LARGE} sessions to with ${SMALL}`;
const NOW = 1_768_471_260_000;

const start: StoredEvent = {
  receivedAt: NOW,
  event: {
    eventType: 'sessionStart',
    playerTime: { playhead: 0, ts: NOW },
    params: {
      'media.id': 'video-id-1',
      'media.name': 'Video Name',
      'media.contentType': 'vod',
      'media.length': 600.5,
      'media.playerName': 'player',
      'media.channel': 'channel',
    },
  },
};

export async function benchStores(): Promise<void> {
  await benchSqlite();
  if (!postgresIsMissing()) await benchPostgres();
  if (!redisIsMissing()) await benchRedis();
}

async function benchSqlite(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'media-sessions-bench-'));
  const store = sqliteStore(join(folder, 'a.db'));
  const sids = await createSessions(store);
  await compare(
    'SQLite FULL, starts: group commit to a transaction each',
    () => rate(starter(store)),
    () => rate(starter(store), 1),
  );
  await compare(
    'SQLite FULL, pings: group commit to a transaction each',
    () => rate(pinger(store, sids)),
    () => rate(pinger(store, sids), 1),
  );

  const small = sqliteStore(join(folder, 'b.db'));
  const file = join(folder, 'c.db');
  const large = sqliteStore(file);
  const pings = [await pinging(large), await pinging(small)] as const;
  const database = new DatabaseSync(file);
  database.exec(`
    with recursive n (i) as (select 1 union all select i + 1 from n where i < ${LARGE})
    insert into media_sessions (sid, started_at, deadline, close_reason, last_event_at, playhead, playhead_moved_at,
      last_event, due, claimed)
    select lower(hex(randomblob(32))), ${NOW}, ${NOW}, 'idle', ${NOW}, 0, ${NOW}, 0, null, 1 from n;
    insert into media_events (session, previous, received_at, event)
    select id, 0, ${NOW}, '${JSON.stringify(start.event)}'
    from media_sessions, (select 1 union select 2 union select 3) where claimed = 1`);
  database.close();
  await compare(`SQLite, ${SIZES}`, ...pings);
  await Promise.all([store, small, large].map((each) => each.close()));
  rmSync(folder, { recursive: true });
}

async function benchPostgres(): Promise<void> {
  const server = await startPostgres();
  const pool = new Pool({ connectionString: await server.newDatabase() });
  const store = postgresStore(pool);
  const sids = await createSessions(store);
  await pool.query('create table single (session bigint, place integer, received_at float8, event text)');
  await pool.query('create index on single (session, place)');
  const text = JSON.stringify(pingAt(0).event);
  const insert = (at: number) => pool.query('insert into single values ($1, $2, $3, $4)', [at % SMALL, at, NOW, text]);
  await compare(
    'PostgreSQL, pings: batches to single inserts over ten connections',
    () => rate(pinger(store, sids)),
    () => rate(insert),
  );
  const small = postgresStore(pool, { schema: 'small' });
  const large = postgresStore(pool, { schema: 'large' });
  const pings = [await pinging(large), await pinging(small)] as const;
  await pool.query(`
    insert into large.sessions (sid, started_at, deadline, close_reason, last_event_at, playhead,
      playhead_moved_at, event_count, due, claimed)
    select md5(i::text) || md5((-i)::text), ${NOW}, ${NOW}, 'idle', ${NOW}, 0, ${NOW}, 3, null, true
    from generate_series(1, ${LARGE}) i`);
  await pool.query(`
    insert into large.events select id, place, ${NOW}, '${JSON.stringify(start.event)}'
    from large.sessions, generate_series(1, 3) place where claimed`);
  await pool.query('vacuum analyze');
  await pool.query('checkpoint');
  await compare(`PostgreSQL, ${SIZES}`, ...pings);
  await Promise.all([store, small, large].map((each) => each.close()));
  await pool.end();
  await server.remove();
}

async function benchRedis(): Promise<void> {
  const settings = { appendfsync: 'everysec', 'auto-aof-rewrite-percentage': '0' };
  const server = await startRedis(settings);
  const largeServer = await startRedis(settings);
  const client = createClient({ url: server.url });
  const largeClient = createClient({ url: largeServer.url });
  await Promise.all([client.connect(), largeClient.connect()]);
  const store = redisStore(client);
  const large = redisStore(largeClient);
  const ping = await pinging(store);
  await compare('Redis, pings to PING', ping, () => rate(() => client.ping()));
  const pingLarge = await pinging(large);
  // As many sessions as the store keeps them; a tenth at a time, since Redis does nothing else meanwhile.
  for (let tenth = 0; tenth < 10; tenth++) {
    await largeClient.withCommandOptions({ timeout: 60_000 }).eval(
      `for i = 1, ${LARGE / 10} do
        local sid = redis.sha1hex(ARGV[1] .. i)
        redis.call('rpush', 'x:{' .. sid .. '}', '${NOW} ', ARGV[2], ARGV[2], ARGV[2])
        redis.call('pexpire', 'x:{' .. sid .. '}', 86400000)
      end`,
      { keys: [], arguments: [`${tenth}-`, `${NOW} ${NOW} idle ${NOW} 0 settled\n${JSON.stringify(start.event)}`] },
    );
  }
  await compare(`Redis, ${SIZES}`, pingLarge, ping);
  await compare(
    `Redis, ${SIZES}, by the CPU time of Redis and of this process`,
    () => pingLarge(cpuTimeWith(largeClient)),
    () => ping(cpuTimeWith(client)),
  );
  await Promise.all([store.close(), large.close()]);
  for (const each of [client, largeClient]) each.destroy();
  await Promise.all([server, largeServer].map((each) => each.remove()));
}

/** Fills a store with few sessions, and gives how fast events are appended to them. */
async function pinging(store: SessionStore): Promise<(clock?: Clock) => Promise<number>> {
  const sids = await createSessions(store);
  return (clock) => rate(pinger(store, sids), CONCURRENCY, clock);
}

/** Gives a time in milliseconds. */
type Clock = () => number | Promise<number>;

/** What Redis and this process have worked. A rate also has how well the two work at the same time. */
function cpuTimeWith(client: { info(section: string): Promise<string> }): Clock {
  return async () => {
    const own = process.cpuUsage();
    let seconds = (own.user + own.system) / 1e6;
    for (const [, ofRedis] of (await client.info('cpu')).matchAll(/^used_cpu_(?:sys|user):(\S+)/gm)) {
      seconds += Number(ofRedis);
    }
    return seconds * 1000;
  };
}

/** Prints how many times as fast one way is as another, both measured by turns. */
async function compare(name: string, way: () => Promise<number>, other: () => Promise<number>): Promise<void> {
  await way();
  await other();
  const ratios = [];
  let fastest = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const ours = await way();
    ratios.push(ours / (await other()));
    fastest = Math.max(fastest, ours);
  }
  console.log(`${name}: ${describeRatio(ratios)}; ${Math.round(fastest)} a second`);
}

/** How many times a second something is done, so many at a time. */
async function rate(
  work: (at: number) => Promise<unknown>,
  concurrency = CONCURRENCY,
  clock: Clock = () => performance.now(),
): Promise<number> {
  let done = 0;
  const from = await clock();
  const until = performance.now() + SPAN;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < until) await work(done++);
    }),
  );
  return (done / ((await clock()) - from)) * 1000;
}

function starter(store: SessionStore): () => Promise<void> {
  return async () => store.create(open(newSessionId(), start, DEFAULT_TIMEOUTS), [start]);
}

function pinger(store: SessionStore, sids: readonly string[]): (at: number) => Promise<unknown> {
  return async (at) => store.append(sids[at % sids.length] ?? '', pingAt(at), DEFAULT_TIMEOUTS);
}

function pingAt(playhead: number): StoredEvent {
  return { event: { eventType: 'ping', playerTime: { playhead, ts: NOW } }, receivedAt: NOW };
}

async function createSessions(store: SessionStore): Promise<string[]> {
  const sids = Array.from({ length: SMALL }, () => newSessionId());
  await Promise.all(sids.map((sid) => store.create(open(sid, start, DEFAULT_TIMEOUTS), [start])));
  return sids;
}

if (import.meta.main) await benchStores();
