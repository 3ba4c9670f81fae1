import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { sqliteStore } from '../../../../adapters/stores/sqlite/store.ts';
import { expectUpgraded } from '../../../support/stores/upgrade.ts';

const WRITTEN = new URL('../../../fixtures/stores/sqlite-0.1.db.gz', import.meta.url);

describe('a file that version 0.1 wrote', () => {
  const folder = mkdtempSync(join(tmpdir(), 'media-sessions-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function copy(name: string): string {
    const file = join(folder, name);
    writeFileSync(file, gunzipSync(readFileSync(WRITTEN)));
    return file;
  }

  it('is read and written on', async () => {
    const store = sqliteStore(copy('one.db'));
    await expectUpgraded(store);
    await store.close();
  });

  it('is read and written on by several at once', async () => {
    const file = copy('two.db');
    const stores = [sqliteStore(file), sqliteStore(file), sqliteStore(file)] as const;
    expect(await Promise.all(stores.map((store) => store.get('open')))).toMatchObject([{}, {}, {}]);
    await expectUpgraded(stores[1]);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('is no longer written by the version before, which would not count', async () => {
    const file = copy('three.db');
    const before = new DatabaseSync(file).prepare(
      'insert into media_events (session, previous, received_at, event) values (?, ?, ?, ?)',
    );
    const store = sqliteStore(file);
    await store.get('open');
    expect(() => before.run(1, 1, 1, '{}')).toThrow('previous');
    await store.close();
  });
});
