import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sqliteStore } from '../../../../adapters/stores/sqlite/store.ts';
import { DEFAULT_TIMEOUTS, open } from '../../../../src/session/lifecycle.ts';
import { type SessionStore, StoreUnavailable } from '../../../../src/session/store.ts';
import { storeContract } from '../../../../src/testing/store-contract/store-contract.ts';
import { createAt, eventAt, ping, T0 } from '../../../support/stores/events.ts';
import { followsLifecycle } from '../../../support/stores/lifecycle-property.ts';
import { replayRecordings } from '../../../support/stores/replay.ts';

const { idle } = DEFAULT_TIMEOUTS;

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
    await store.append('a', { ...eventAt(T0), json }, DEFAULT_TIMEOUTS);
    expect(database.prepare('select event from media_events').all()).toEqual([{ event: json }, { event: json }]);
  });

  it('answers requests of one turn of the event loop with one commit', async () => {
    const file = newFile();
    const store = sqliteStore(file);
    await createAt(store, 'a', T0);
    const reader = new DatabaseSync(file);
    const framesBefore = walFrames(reader);
    await Promise.all(Array.from({ length: 500 }, () => store.append('a', eventAt(T0), DEFAULT_TIMEOUTS)));
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
    for (const sid of ['a', 'b', 'a'])
      expect(await store.append(sid, eventAt(T0 + 1), DEFAULT_TIMEOUTS)).toBe('accepted');
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

  describe('when the database cannot be written', () => {
    it('rejects with StoreUnavailable when the disk is full, keeps nothing by half, and is well when there is space', async () => {
      const database = new DatabaseSync(newFile());
      const store = sqliteStore(database);
      await createAt(store, 'a', T0);
      database.exec('pragma max_page_count = 20');
      const large = eventAt(T0, { ...ping, customMetadata: { note: 'x'.repeat(100_000) } });
      await expect(store.append('a', large, DEFAULT_TIMEOUTS)).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(store.append('a', large, DEFAULT_TIMEOUTS)).rejects.toThrow('full');
      expect(await store.events('a')).toHaveLength(1);
      database.exec('pragma max_page_count = 1000000');
      expect(await store.append('a', large, DEFAULT_TIMEOUTS)).toBe('accepted');
      expect(await store.events('a')).toHaveLength(2);
    });

    it('rejects with StoreUnavailable when the file is read-only, and still reads', async () => {
      const file = newFile();
      const writer = sqliteStore(file);
      await createAt(writer, 'a', T0);
      const store = sqliteStore(new DatabaseSync(file, { readOnly: true }));
      await expect(createAt(store, 'b', T0)).rejects.toBeInstanceOf(StoreUnavailable);
      expect(await store.get('a')).toBeDefined();
      await writer.close();
    });

    it.each([
      ['a file', (file: string) => file],
      // As long as better-sqlite3 waits by itself, and all of the process with it.
      ['a database that would wait for 5 s', (file: string) => new DatabaseSync(file, { timeout: 5000 })],
    ])(
      'rejects with StoreUnavailable within 2 s while another process holds %s, and is well after',
      async (_, open) => {
        const file = newFile();
        const store = sqliteStore(open(file));
        await createAt(store, 'a', T0);
        const other = new DatabaseSync(file);
        other.exec('begin immediate');
        const before = performance.now();
        await expect(store.append('a', eventAt(T0), DEFAULT_TIMEOUTS)).rejects.toBeInstanceOf(StoreUnavailable);
        expect(performance.now() - before).toBeLessThan(2000);
        const waiting = store.append('a', eventAt(T0), DEFAULT_TIMEOUTS);
        other.exec('commit');
        expect(await waiting).toBe('accepted');
        await store.close();
      },
    );

    it('refuses at once what would wait without bound', async () => {
      const store = sqliteStore(new DatabaseSync(':memory:'));
      await createAt(store, 'a', T0);
      const appends = Array.from({ length: 12_000 }, () => store.append('a', eventAt(T0), DEFAULT_TIMEOUTS));
      const outcomes = await Promise.allSettled(appends);
      const refused = outcomes.filter(({ status }) => status === 'rejected');
      expect(refused).toHaveLength(2000);
      expect(await store.events('a')).toHaveLength(10_001);
    });
  });

  it('does not open its file again once it is closed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'media-sessions-'));
    const store = sqliteStore(join(folder, 'a.db'));
    await createAt(store, 'a', T0);
    await store.close();
    await expect(store.get('a')).rejects.toThrow('The store is closed');
    await expect(createAt(store, 'b', T0)).rejects.toThrow('The store is closed');
    await store.close();
    rmSync(folder, { recursive: true });
  });

  describe('with a retention', () => {
    it('does not forget a session before its close is settled', async () => {
      const store = sqliteStore(':memory:', { retention: 1000 });
      await createAt(store, 'a', T0);
      await store.claimClosed(T0 + idle, 1000, 10);
      const late = eventAt(T0 + idle + 5000);
      expect(await store.append('a', late, DEFAULT_TIMEOUTS)).toBe('closed');
      await store.settle('a');
      expect(await store.append('a', late, DEFAULT_TIMEOUTS)).toBe('unknown');
    });

    it('removes all events of what it forgets', async () => {
      const database = new DatabaseSync(':memory:');
      const store = sqliteStore(database, { retention: 1000 });
      await createAt(store, 'a', T0);
      await createAt(store, 'b', T0);
      for (const sid of ['a', 'b', 'a', 'b', 'a']) await store.append(sid, eventAt(T0), DEFAULT_TIMEOUTS);
      await store.claimClosed(T0 + idle, 1000, 10);
      await store.settle('a');
      await store.claimClosed(T0 + idle + 1000, 1000, 10);
      expect(database.prepare('select count(*) as events from media_events').get()).toEqual({ events: 3 });
      expect(await store.events('b')).toHaveLength(3);
    });

    it('forgets closed sessions where nobody asks for closes', async () => {
      const store = sqliteStore(':memory:', { retention: 1000 });
      await createAt(store, 'a', T0);
      expect(await store.append('a', eventAt(T0 + idle + 1000), DEFAULT_TIMEOUTS)).toBe('unknown');
      const later = Array.from({ length: 1000 }, (_, index) => createAt(store, `later-${index}`, T0 + idle + 1000));
      await Promise.all(later);
      expect(await store.get('a')).toBeUndefined();
    });

    it('forgets more sessions than come, so that they do not pile up', async () => {
      const database = new DatabaseSync(':memory:');
      const store = sqliteStore(database, { retention: 1000 });
      await Promise.all(Array.from({ length: 1000 }, (_, index) => createAt(store, `old-${index}`, T0)));
      await Promise.all(Array.from({ length: 600 }, (_, index) => createAt(store, `new-${index}`, T0 + idle + 1000)));
      expect(database.prepare('select count(*) as sessions from media_sessions').get()).toEqual({ sessions: 600 });
    });

    it('deletes some of many events at a time, and the rest later', async () => {
      const database = new DatabaseSync(':memory:');
      const store = sqliteStore(database, { retention: 1000 });
      for (const sid of ['a', 'b', 'c', 'd']) {
        await createAt(store, sid, T0);
        await Promise.all(Array.from({ length: 2500 }, () => store.append(sid, eventAt(T0), DEFAULT_TIMEOUTS)));
        await store.settle(sid);
      }
      const left = async (now: number) => {
        await store.claimClosed(now, 1000, 10);
        return database.prepare('select count(*) as sessions from media_sessions').get();
      };
      expect(await left(T0 + idle + 1000)).toEqual({ sessions: 2 });
      expect(await left(T0 + idle + 1000)).toEqual({ sessions: 0 });
    });
  });

  describe('when something is wrong at the start', () => {
    it.each([
      [join(folder, 'missing', 'a.db'), 'SQLite cannot use .*missing.*: unable to open database file'],
      [import.meta.filename, 'SQLite cannot use .*store.test.ts now: file is not a database'],
    ])('says so in one sentence: %s', async (path, sentence) => {
      await expect(createAt(sqliteStore(path), 'a', T0)).rejects.toThrow(new RegExp(sentence));
    });

    it('says so when the schema is newer than it knows', async () => {
      const file = newFile();
      new DatabaseSync(file).exec('pragma user_version = 99');
      await expect(createAt(sqliteStore(file), 'a', T0)).rejects.toThrow('has schema 99');
    });

    it('says which argument is wrong', () => {
      expect(() => sqliteStore('')).toThrow('give it the path of a file');
      expect(() => sqliteStore('a.db', { retention: 0 })).toThrow('retention must be a number above 0, not 0');
      for (const options of [{ readBigInts: true }, { returnArrays: true }]) {
        const database = new DatabaseSync(':memory:', options);
        expect(() => sqliteStore(database)).toThrow('rows as objects and integers as numbers');
      }
      expect(() => sqliteStore('a.db', null as never)).toThrow('sqliteStore: expected an object of options, got null');
      // @ts-expect-error: it is retention
      expect(() => sqliteStore('a.db', { retain: 1 })).toThrow('there is no option retain; the options are');
    });
  });
});

/** Counts the pages in the write-ahead log. */
function walFrames(database: DatabaseSync): number {
  const { log } = database.prepare('pragma wal_checkpoint(noop)').get() as { readonly log: number };
  return log;
}
