import { sqliteStore } from '../stores/sqlite.ts';
import { nodeDriver } from '../stores/sqlite-database.ts';
import { BadInput } from './bad-input.ts';
import type { RecordedSession } from './input.ts';

/** The sessions in a file of the SQLite store, the oldest first. The file is only read. Throws a BadInput. */
export async function sessionsOfSqliteFile(file: string): Promise<readonly RecordedSession[]> {
  const database = openToRead(file);
  try {
    const { n: known } = database
      .prepare(`select count(*) as n from sqlite_schema where name = 'media_sessions'`)
      .get() as {
      n: number;
    };
    if (known === 0) throw new BadInput('it is a SQLite file without sessions; give it one of sqliteStore');

    const store = sqliteStore(database);
    const sessions: RecordedSession[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.list({ limit: 1000, ...(cursor !== undefined && { cursor }) }, 0);
      for (const session of page.sessions) {
        sessions.push({ session, events: (await store.events(session.sid)) ?? [] });
      }
      cursor = page.cursor;
    } while (cursor !== undefined);
    return sessions.reverse();
  } catch (error) {
    throw error instanceof BadInput ? error : new BadInput(`SQLite says: ${(error as Error).message}`);
  } finally {
    database.close();
  }
}

function openToRead(file: string) {
  try {
    return new (nodeDriver())(file, { readOnly: true });
  } catch (error) {
    throw new BadInput((error as Error).message); // of a Node without SQLite too
  }
}
