import { StoreUnavailable } from '../../../src/session/store.ts';
import { type SqliteDatabase, transact } from './driver.ts';

/** How many events the pages have that a session is read by, and about how many characters. */
export const EVENTS_PER_PAGE = 250;
export const PAGE_LENGTH = 256 * 1024;

/**
 * The steps that lead to the schema of today. The `user_version` of a database counts those it has taken,
 * so a step that was released is never changed; another is added.
 */
const MIGRATIONS = [
  `
  create table media_sessions (
    id integer primary key,        -- in the order of arrival
    sid text not null unique,
    started_at integer not null,   -- this and all times: Unix milliseconds
    deadline integer not null,     -- open until then
    close_reason text not null,
    last_event_at integer not null,
    playhead real,                 -- seconds
    playhead_moved_at integer not null,
    validation_token text,         -- a JSON string
    last_event integer not null,   -- media_events.id; 0: it has none
    due integer,                   -- when its close is to be looked at, at its deadline or earlier; null: settled
    claimed integer not null default 0
  );
  -- To find closed sessions. An event moves the deadline and leaves this alone; a look too early corrects it.
  create index media_sessions_due on media_sessions (due) where due is not null;
  -- To forget settled sessions.
  create index media_sessions_settled on media_sessions (deadline) where due is null;
  -- To list open sessions, newest first.
  create index media_sessions_claimed on media_sessions (claimed, id);

  -- In the order of arrival, whatever their session, and without an index: so an event is written at the end of
  -- the table, not to a page of its session's own. A session finds its events from the last one back.
  create table media_events (
    id integer primary key,
    session integer not null,      -- media_sessions.id
    previous integer not null,     -- the event before it of its session; 0: it is the first
    received_at integer not null,
    event text not null            -- JSON
  );
  `,
  `
  alter table media_sessions add column length integer not null default 0;      -- of its events, in characters
  alter table media_sessions add column event_count integer not null default 0;
  -- A process of an older version that goes on with this file must fail: it knows nothing of the count.
  alter table media_events rename column previous to preceding;

  -- Where the pages end that the events of a session are read by: from the last event of a page it is not far back to
  -- any other. The events after the last page that is here are read from the last one of the session.
  create table media_event_pages (
    session integer not null,      -- media_sessions.id
    end integer not null,          -- the place after the last event of the page, in the order of arrival of its session
    last_event integer not null,   -- media_events.id
    primary key (session, end)
  ) without rowid;

  -- The last events of sessions that are forgotten, whose events are removed some at a time.
  create table media_forgotten (last_event integer primary key);

  create temp table media_events_counted as
    select session, id, row_number() over events as place, sum(length(event)) over events as length
    from media_events window events as (partition by session order by id);
  insert into media_event_pages
    select session, place, id from (
      select *, lag(length, 1, 0) over (partition by session order by id) as before from media_events_counted
    )
    where place % ${EVENTS_PER_PAGE} = 0 or length / ${PAGE_LENGTH} > before / ${PAGE_LENGTH};
  update media_sessions set (length, event_count) =
    (select coalesce(max(length), 0), count(*) from media_events_counted where session = media_sessions.id);
  drop table media_events_counted;
  `,
  `
  alter table media_sessions add column edge text;                              -- JSON
  `,
];

/** Brings a database to the schema of today, safely when several processes do so at once. */
export function migrate(database: SqliteDatabase): void {
  if (versionOf(database) === MIGRATIONS.length) return;
  transact(database, () => {
    const version = versionOf(database); // another process may have migrated just before
    if (version > MIGRATIONS.length) {
      throw new StoreUnavailable(
        `The SQLite database has schema ${version}, and this version of media-sessions knows ${MIGRATIONS.length} at most: ` +
          'it was written by a newer version, or its user_version belongs to another program; see docs/production.md#upgrades',
      );
    }
    for (const step of MIGRATIONS.slice(version)) database.exec(step);
    database.exec(`pragma user_version = ${MIGRATIONS.length}`);
  });
}

function versionOf(database: SqliteDatabase): number {
  const row = database.prepare('pragma user_version').get() as { readonly user_version: number };
  return row.user_version;
}
