import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { sqliteStore } from '../../../../adapters/stores/sqlite/store.ts';
import { endAll, startServe, stop } from '../../../support/cli/serve.ts';
import { eventually } from '../../../support/eventually.ts';
import { FILLINGS, fillSession } from '../../../support/stores/full-sessions.ts';

afterEach(endAll);

describe('media-sessions serve with a small heap, on sessions that are full', { tags: ['long'] }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'full-'));
  const file = join(folder, 'full.db');
  const reports = join(folder, 'reports.ndjson');
  afterAll(() => rmSync(folder, { recursive: true }));

  const lines = () => (existsSync(reports) ? readFileSync(reports, 'utf8').split('\n').slice(0, -1) : []);
  /** The ids of the sessions that are reported. To parse what may have megabytes, again and again, would take too long. */
  const reported = () => [...new Set(lines().map((line) => /^\{"sid":"(\w+)"/.exec(line)?.[1]))].sort();
  const start = () =>
    startServe(['--store', `sqlite:${file}`, '--reports', reports], { NODE_OPTIONS: '--max-old-space-size=256' });

  it('reports all of them, also when it is killed meanwhile', async () => {
    const store = sqliteStore(file, { synchronous: 'normal' });
    const startedAt = Date.now() - 7_200_000;
    for (const filling of Object.keys(FILLINGS)) await fillSession(store, filling, filling, { startedAt });
    await store.close();

    const first = await start();
    await eventually(() => expect(reported()).not.toEqual([]));
    expect(first.child.exitCode).toBeNull();
    first.child.kill('SIGKILL');
    await first.exit;

    // The time of its leases passes.
    const database = new DatabaseSync(file);
    database.exec('update media_sessions set due = deadline where due is not null');
    database.close();

    const second = await start();
    await second.prints(/listening|curl/);
    const fillings = Object.keys(FILLINGS).sort();
    for (let count = 1; count < fillings.length; count++) {
      await eventually(() => expect(reported().length).toBeGreaterThan(count)); // one after the other: each takes a while
    }
    expect(reported()).toEqual(fillings);
    for (const line of lines()) JSON.parse(line);
    expect((await second.start()).length).toBeGreaterThan(0);
    expect(await stop(second)).toBe(0);
    expect(second.stderr()).toBe('');
  });
});
