import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sqliteStore } from '../../../../adapters/stores/sqlite/store.ts';
import { DEFAULT_TIMEOUTS, open } from '../../../../src/session/lifecycle.ts';
import { type SessionStore, StoreUnavailable } from '../../../../src/session/store.ts';
import { storeContract } from '../../../../src/testing/store-contract/store-contract.ts';
import { createAt, eventAt, ping, RULE, T0 } from '../../../support/stores/events.ts';
import { followsLifecycle } from '../../../support/stores/lifecycle-property.ts';
import { replayRecordings } from '../../../support/stores/replay.ts';

describe('sqliteStore', () => {
  const folder = mkdtempSync(join(tmpdir(), 'media-sessions-'));
  let files = 0;
  const newFile = () => join(folder, `${++files}.db`);
  afterAll(() => rmSync(folder, { recursive: true }));

  describe('on a file', () => {
    storeContract(it, (options) => sqliteStore(newFile(), options));

    let store: SessionStore;
    beforeAll(() => {
      store = sqliteStore(newFile());
    });
    afterAll(() => store.close());
    followsLifecycle(it, () => store);
    replayRecordings(it, () => store);
  });

  describe('on a database that it is handed', () => {
    storeContract(it, (options) => sqliteStore(new DatabaseSync(':memory:'), options));

    it('leaves the database open', async () => {
      const database = new DatabaseSync(':memory:');
      const store = sqliteStore(database);
      await createAt(store, 'a', T0);
      await store.close();
      expect(database.prepare('select count(*) as sessions from media_sessions').get()).toEqual({ sessions: 1 });
    });
  });

  it('keeps what it acknowledged for the next process', async () => {
    const file = newFile();
    const first = sqliteStore(file);
    await createAt(first, 'a', T0);
    const kept = await first.events('a');
    await first.close();
    const second = sqliteStore(file);
    expect(await second.events('a')).toEqual(kept);
    await second.close();
  });

  it('keeps the text that an event came as', async () => {
    const database = new DatabaseSync(':memory:');
    const store = sqliteStore(database);
    const json = `\n${JSON.stringify(ping, null, 2)}\n`;
    await store.create(open('a', eventAt(T0), DEFAULT_TIMEOUTS), [{ ...eventAt(T0), json }]);
    await store.append('a', [{ ...eventAt(T0), json }], RULE);
    expect(database.prepare('select event from media_events').all()).toEqual([{ event: json }, { event: json }]);
  });

  it('answers requests of one turn of the event loop with one commit', async () => {
    const file = newFile();
    const store = sqliteStore(file);
    await createAt(store, 'a', T0);
    const reader = new DatabaseSync(file);
    const framesBefore = walFrames(reader);
    await Promise.all(Array.from({ length: 500 }, () => store.append('a', [eventAt(T0)], RULE)));
    // Each commit of its own would write two pages at least.
    expect(walFrames(reader) - framesBefore).toBeLessThan(100);
    reader.close();
    await store.close();
  });

  it('writes all that waits before it closes, and refuses what comes later', async () => {
    const file = newFile();
    const store = sqliteStore(file);
    const created = createAt(store, 'a', T0);
    await store.close();
    await created;
    await expect(createAt(store, 'b', T0)).rejects.toBeInstanceOf(StoreUnavailable);
    const again = sqliteStore(file);
    expect(await again.get('a')).toBeDefined();
    await again.close();
  });

  it('appends to the right session where another program moved its rows', async () => {
    const database = new DatabaseSync(newFile());
    const store = sqliteStore(database);
    for (const sid of ['a', 'b']) await createAt(store, sid, T0);
    database.exec('update media_sessions set id = -id; update media_sessions set id = id + 3'); // they swap ids
    for (const sid of ['a', 'b', 'a']) expect(await store.append(sid, [eventAt(T0 + 1)], RULE)).toBe('accepted');
    expect(await store.events('a')).toHaveLength(3);
    expect(await store.events('b')).toHaveLength(2);
    await store.close();
  });

  it.each(['removed', 'replaced'])(
    'acknowledges nothing once its file is %s, and goes on in the one at its path',
    async (fate) => {
      const file = newFile();
      const store = sqliteStore(file);
      await createAt(store, 'before', T0);
      for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix);
      if (fate === 'replaced') {
        const other = sqliteStore(file);
        await createAt(other, 'other', T0);
        await other.close();
      }
      await expect(createAt(store, 'lost', T0)).rejects.toThrow(StoreUnavailable);
      await createAt(store, 'after', T0);
      const reader = sqliteStore(file);
      const { sessions } = await reader.list({}, T0);
      expect(sessions.map(({ sid }) => sid)).toEqual(fate === 'replaced' ? ['after', 'other'] : ['after']);
      await Promise.all([store.close(), reader.close()]);
    },
  );

  it('acknowledges nothing while its file cannot be reached', async () => {
    const place = join(folder, 'place');
    mkdirSync(place);
    const store = sqliteStore(join(place, 'a.db'));
    await createAt(store, 'before', T0);
    renameSync(place, `${place}-moved`);
    symlinkSync(place, place); // which leads to itself
    for (const sid of ['lost', 'lost-again']) await expect(createAt(store, sid, T0)).rejects.toThrow(StoreUnavailable);
    unlinkSync(place);
    renameSync(`${place}-moved`, place);
    await createAt(store, 'after', T0);
    expect((await store.list({}, T0)).sessions.map(({ sid }) => sid)).toEqual(['after', 'before']);
    await store.close();
  });

  it('keeps to its file whatever becomes the working directory', async () => {
    const file = newFile();
    const before = process.cwd();
    const store = sqliteStore(relative(before, file));
    vi.spyOn(process, 'cwd').mockReturnValue(tmpdir());
    await createAt(store, 'a', T0);
    await createAt(store, 'b', T0);
    vi.restoreAllMocks();
    await store.close();
    const reader = sqliteStore(file);
    expect((await reader.list({}, T0)).sessions).toHaveLength(2);
    await reader.close();
  });

  it('can be read with the sqlite3 shell', async () => {
    const file = newFile();
    const store = sqliteStore(file);
    await createAt(store, 'a', T0);
    await store.close();
    const sql = `select s.sid, json_extract(e.event, '$.eventType') as type from media_sessions s, media_events e
      where e.session = s.id`;
    expect(new DatabaseSync(file).prepare(sql).all()).toEqual([{ sid: 'a', type: 'ping' }]);
  });

  it('does not open its file again once it is closed', async () => {
    const store = sqliteStore(newFile());
    await createAt(store, 'a', T0);
    await store.close();
    await expect(store.get('a')).rejects.toThrow('The store is closed');
    await expect(createAt(store, 'b', T0)).rejects.toThrow('The store is closed');
    await store.close();
  });
});

/** Counts the pages in the write-ahead log. */
function walFrames(database: DatabaseSync): number {
  const { log } = database.prepare('pragma wal_checkpoint(noop)').get() as { readonly log: number };
  return log;
}
