import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { sqliteStore } from '../../adapters/stores/sqlite.ts';
import { handleSessionStart, sessionReport } from '../../src/index.ts';
import { downloadedSession, start } from '../conformance/samples.ts';
import { run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'sessions-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('media-sessions report of a SQLite file', () => {
  it('prints the report of each session of the store, the oldest first, also while a server has the file', async () => {
    const path = join(folder, 'sessions.db');
    const store = sqliteStore(path);
    for (const body of [start, downloadedSession]) await handleSessionStart(body, { store });

    const { stdout, stderr, code } = await run(['report', path]);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    const { sessions } = await store.list({}, 0);
    const expected = sessions
      .toReversed()
      .map(async (session) => sessionReport(session, (await store.events(session.sid)) ?? []));
    const printed = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(printed).toEqual(JSON.parse(JSON.stringify(await Promise.all(expected))));
    await store.close();
  });

  it('says so of a database of something else, and leaves it as it is', async () => {
    const path = join(folder, 'other.db');
    const other = new DatabaseSync(path);
    other.exec('create table notes (text)');
    const { stderr, code } = await run(['report', path]);
    expect({ stderr, code }).toEqual({
      stderr: `media-sessions: cannot read ${path}: it is a SQLite file without sessions; give it one of sqliteStore\n`,
      code: 2,
    });
    expect(other.prepare('select name from sqlite_schema').all()).toHaveLength(1);
    other.close();
  });
});
