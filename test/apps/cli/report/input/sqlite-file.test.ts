import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { sqliteStore } from '../../../../../adapters/stores/sqlite/store.ts';
import { handleSessionStart, type SessionReport, sessionReport } from '../../../../../src/index.ts';
import { downloadedSession, start } from '../../../../../src/testing/conformance/samples.ts';
import { run } from '../../../../support/cli/run.ts';

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
    const printed = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as SessionReport);
    const expected = sessions.toReversed().map(async (session, index) => {
      const asOf = printed[index]?.asOf; // of an open one, when it was read
      return sessionReport(session, (await store.events(session.sid)) ?? [], asOf === undefined ? {} : { asOf });
    });
    expect(printed).toEqual(JSON.parse(JSON.stringify(await Promise.all(expected))));
    expect(printed).toMatchObject([{ open: true }, { open: false, closeReason: 'downloaded' }]);
    await store.close();
  });

  it('says which Node can, in one that cannot', async () => {
    const path = join(folder, 'other-node.db');
    new DatabaseSync(path).exec('create table a (b)');
    const env = { ...process.env, NODE_OPTIONS: '--no-experimental-sqlite' };
    const { stderr, code } = await run(['report', path], '', env);
    expect(stderr).toBe(
      `media-sessions: cannot read ${path}: it is a SQLite file, which takes Node 22.13 or later, and this is ${process.version}\n`,
    );
    expect(code).toBe(2);
  });

  it('leaves nothing beside a file that nobody has open', async () => {
    const path = join(mkdtempSync(join(folder, 'a b#c?')), 'closed.db');
    const store = sqliteStore(path);
    await handleSessionStart(start, { store });
    await store.close();
    expect((await run(['report', path])).code).toBe(0);
    expect(readdirSync(dirname(path))).toEqual(['closed.db']);
  });

  it('prints the sessions that are asked for, and names the others when one is not there', async () => {
    const path = join(folder, 'many.db');
    const store = sqliteStore(path);
    for (let number = 0; number < 8; number++) await handleSessionStart(start, { store, newId: () => `s${number}` });
    await store.close();

    const { stdout } = await run(['report', '--text', path, '--sid', 's6', '--sid', 's1']);
    expect(stdout.match(/^session \S+/gm)).toEqual(['session s6:', 'session s1:']);
    expect(stdout).toMatch(/, 1 event, still open\n/);
    const { stderr, code } = await run(['report', path, '--sid', 's9']);
    expect({ stderr, code }).toEqual({
      stderr: `media-sessions: ${path} has no session s9; it has s0, s1, s2, s3, s4 and 3 more\n`,
      code: 2,
    });
  });

  it('says so of a store that is empty', async () => {
    const path = join(folder, 'empty.db');
    const store = sqliteStore(path);
    await store.list({}, 0);
    await store.close();
    expect((await run(['report', path])).stderr).toBe(
      `media-sessions: cannot read ${path}: there is no session in it\n`,
    );
  });

  it('stops when its reader has seen enough', async () => {
    const path = join(folder, 'large.db');
    const store = sqliteStore(path);
    const starts = Array.from({ length: 3000 }, () => handleSessionStart(start, { store }));
    await Promise.all(starts);
    await store.close();
    const child = spawn('sh', ['-c', `"$0" "$1" report "$2" | head -n 2`, process.execPath, 'dist/cli.js', path]);
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect(stdout.trim().split('\n')).toHaveLength(2);
    expect(stderr).toBe('');
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
