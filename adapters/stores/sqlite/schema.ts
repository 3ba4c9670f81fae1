import { StoreUnavailable } from '../../../src/session/store.ts';
import { type SqliteDatabase, transact } from './driver.ts';

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
];

/** Brings a database to the schema of today, safely when several processes do so at once. */
export function migrate(database: SqliteDatabase): void {
  if (versionOf(database) === MIGRATIONS.length) return;
  transact(database, () => {
    const version = versionOf(database); // another process may have migrated just before
    if (version > MIGRATIONS.length) {
      throw new StoreUnavailable(
        `The SQLite database has schema ${version}, and this version of media-sessions knows ${MIGRATIONS.length} at most: ` +
          'it was written by a newer version, or its user_version belongs to another program',
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
