import { StoreUnavailable } from '../../../src/session/store.ts';
import type { PostgresClient } from './connections.ts';

/**
 * The steps that lead to the schema of today. The table `migrations` tells how many a database has taken, so
 * a step that was released is never changed; another is added.
 */
const MIGRATIONS: readonly ((schema: string) => string)[] = [
  (schema) => `
  create table ${schema}.sessions (
    id bigint generated always as identity primary key, -- in the order of arrival
    sid text collate "C" not null unique,
    started_at double precision not null,               -- this and all times: Unix milliseconds
    deadline double precision not null,                 -- open until then
    close_reason text not null,
    last_event_at double precision not null,
    playhead double precision,                          -- seconds
    playhead_moved_at double precision not null,
    validation_token text,                              -- a JSON string
    event_count integer not null,
    due double precision,                               -- when its close is to be looked at, at its deadline or
                                                        -- earlier; null: settled
    claimed boolean not null default false
  ) with (fillfactor = 80); -- an event moves no indexed column, so its new row version fits beside the old

  -- To find closed sessions. An event moves the deadline and leaves this alone; a look too early corrects it.
  create index sessions_due on ${schema}.sessions (due) where due is not null;
  -- To forget settled sessions.
  create index sessions_settled on ${schema}.sessions (deadline) where due is null;
  -- To list open sessions, newest first.
  create index sessions_unclaimed on ${schema}.sessions (id) where not claimed;
  create index sessions_claimed on ${schema}.sessions (id) where claimed;

  -- Text, not jsonb, which neither takes every string nor gives back what it was given. The key grows with
  -- time, so what is new lies together, and what is forgotten too.
  create table ${schema}.events (
    session bigint not null,                            -- sessions.id
    place integer not null,                             -- 0, 1, 2, ...
    received_at double precision not null,
    event text not null,                                -- JSON
    primary key (session, place)
  );
  `,
  (schema) => `
  alter table ${schema}.sessions add column length double precision not null default 0; -- of its events, in characters
  update ${schema}.sessions set length = counted.length
  from (select session, sum(length(event)) as length from ${schema}.events group by session) as counted
  where counted.session = sessions.id;
  `,
  (schema) => `
  alter table ${schema}.sessions add column edge text; -- JSON
  `,
];

/** A number of our own among the advisory locks of a database: "media" in ASCII. */
const MIGRATION_LOCK = 0x6d65646961;

/** Quotes the name of a schema for SQL text, where a name such as user or order is a word of SQL otherwise. */
export function quoted(schema: string): string {
  return `"${schema}"`;
}

/** Tells whether a database has the schema of today. */
export async function isMigrated(client: PostgresClient, schema: string): Promise<boolean> {
  return (await versionOf(client, schema)) === MIGRATIONS.length;
}

/** Brings a database to the schema of today, in a transaction, safely when many processes do so at once. */
export async function migrate(client: PostgresClient, schema: string): Promise<void> {
  const name = quoted(schema);
  await requireUtf8(client);
  await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
  const version = await versionOf(client, schema); // another process may have migrated just before
  if (version > MIGRATIONS.length) {
    throw new StoreUnavailable(
      `The PostgreSQL schema ${schema} is of version ${version}, and this version of media-sessions knows ` +
        `${MIGRATIONS.length} at most: it was written by a newer version`,
    );
  }
  if (version === 0) {
    const { rows } = await client.query('select 1 from pg_namespace where nspname = $1', [schema]);
    if (rows.length === 0) await client.query(`create schema ${name}`); // may be forbidden where using one is not
    await client.query(`create table ${name}.migrations (version integer not null)`);
    await client.query(`insert into ${name}.migrations values (0)`);
  }
  for (const step of MIGRATIONS.slice(version)) await client.query(step(name));
  await client.query(`update ${name}.migrations set version = $1`, [MIGRATIONS.length]);
}

/** Rejects any other encoding: it lacks characters that players send, and one of them would fail a whole batch. */
async function requireUtf8(client: PostgresClient): Promise<void> {
  const { rows } = await client.query('show server_encoding');
  const [{ server_encoding: encoding } = { server_encoding: 'none' }] = rows as { readonly server_encoding: string }[];
  if (encoding !== 'UTF8') {
    throw new StoreUnavailable(
      `The PostgreSQL database has the encoding ${encoding}, which lacks characters that players send; ` +
        `use one made with: create database NAME encoding 'UTF8' template template0`,
    );
  }
}

/** Reads how many steps a database has taken: 0 where there is no table of them. */
async function versionOf(client: PostgresClient, schema: string): Promise<number> {
  // Not to_regclass(), whose cache may be older than the lock that the migration waited for.
  const find = `select 1 from pg_tables where schemaname = $1 and tablename = 'migrations'`;
  const { rows } = await client.query(find, [schema]);
  if (rows.length === 0) return 0;
  const { rows: versions } = await client.query(`select version from ${quoted(schema)}.migrations`);
  const [{ version } = { version: 0 }] = versions as { readonly version: number }[];
  return version;
}
