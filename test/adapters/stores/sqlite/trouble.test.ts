import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { sqliteStore } from '../../../../adapters/stores/sqlite/store.ts';
import { allEvents } from '../../../../src/session/event-pages.ts';
import { StoreUnavailable } from '../../../../src/session/store.ts';
import { createAt, eventAt, ping, RULE, T0 } from '../../../support/stores/events.ts';
import { startProcessClock } from '../../../support/stores/process-clock.ts';

describe('sqliteStore in trouble', () => {
  const folder = mkdtempSync(join(tmpdir(), 'media-sessions-'));
  let files = 0;
  const newFile = () => join(folder, `${++files}.db`);
  afterAll(() => rmSync(folder, { recursive: true }));

  describe('when the database cannot be written', () => {
    it('rejects with StoreUnavailable when the disk is full, keeps nothing by half, and is well when there is space', async () => {
      const database = new DatabaseSync(newFile());
      const store = sqliteStore(database);
      await createAt(store, 'a', T0);
      database.exec('pragma max_page_count = 20');
      const large = eventAt(T0, { ...ping, customMetadata: { note: 'x'.repeat(100_000) } });
      await expect(store.append('a', [large], RULE)).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(store.append('a', [large], RULE)).rejects.toThrow('full');
      expect(await store.events('a')).toHaveLength(1);
      database.exec('pragma max_page_count = 1000000');
      expect(await store.append('a', [large], RULE)).toBe('accepted');
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
        const processTime = startProcessClock();
        await expect(store.append('a', [eventAt(T0)], RULE)).rejects.toBeInstanceOf(StoreUnavailable);
        expect(processTime()).toBeLessThan(2000);
        const waiting = store.append('a', [eventAt(T0)], RULE);
        other.exec('commit');
        expect(await waiting).toBe('accepted');
        await store.close();
      },
    );

    it('refuses at once what would wait without bound', async () => {
      const store = sqliteStore(new DatabaseSync(':memory:'));
      await createAt(store, 'a', T0);
      const appends = Array.from({ length: 12_000 }, () => store.append('a', [eventAt(T0)], RULE));
      const outcomes = await Promise.allSettled(appends);
      const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? String(outcome.reason) : []));
      const atOnce = reasons.filter((reason) => reason.includes('Too much waits for the store already'));
      expect(atOnce).toHaveLength(2000); // a busy machine may be too slow for some of the others
      expect(await allEvents(store, 'a')).toHaveLength(1 + 12_000 - reasons.length);
    });
  });

  describe('when something is wrong at the start', () => {
    it.each([
      [join(folder, 'missing', 'a.db'), 'SQLite cannot use .*missing.*: unable to open database file'],
      [import.meta.filename, 'SQLite cannot use .*trouble.test.ts now: file is not a database'],
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
