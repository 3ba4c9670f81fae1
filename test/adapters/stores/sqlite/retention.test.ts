import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { sqliteStore } from '../../../../adapters/stores/sqlite/store.ts';
import { DEFAULT_TIMEOUTS } from '../../../../src/session/lifecycle.ts';
import { createAt, eventAt, RULE, T0 } from '../../../support/stores/events.ts';

const { idle } = DEFAULT_TIMEOUTS;

describe('sqliteStore with a retention', () => {
  it('does not forget a session before its close is settled', async () => {
    const store = sqliteStore(':memory:', { retention: 1000 });
    await createAt(store, 'a', T0);
    await store.claimClosed(T0 + idle, 1000, 10);
    const late = eventAt(T0 + idle + 5000);
    expect(await store.append('a', [late], RULE)).toBe('closed');
    await store.settle('a');
    expect(await store.append('a', [late], RULE)).toBe('unknown');
  });

  it('removes all events of what it forgets', async () => {
    const database = new DatabaseSync(':memory:');
    const store = sqliteStore(database, { retention: 1000 });
    await createAt(store, 'a', T0);
    await createAt(store, 'b', T0);
    for (const sid of ['a', 'b', 'a', 'b', 'a']) await store.append(sid, [eventAt(T0)], RULE);
    await store.claimClosed(T0 + idle, 1000, 10);
    await store.settle('a');
    await store.claimClosed(T0 + idle + 1000, 1000, 10);
    expect(database.prepare('select count(*) as events from media_events').get()).toEqual({ events: 3 });
    expect(await store.events('b')).toHaveLength(3);
  });

  it('forgets closed sessions where nobody asks for closes', async () => {
    const store = sqliteStore(':memory:', { retention: 1000 });
    await createAt(store, 'a', T0);
    expect(await store.append('a', [eventAt(T0 + idle + 1000)], RULE)).toBe('unknown');
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
      await Promise.all(Array.from({ length: 2500 }, () => store.append(sid, [eventAt(T0)], RULE)));
      await store.settle(sid);
    }
    const count = (table: string) => database.prepare(`select count(*) as count from ${table}`).get()?.['count'];
    const left: unknown[] = [];
    for (let calls = 0; calls < 4; calls++) {
      await store.claimClosed(T0 + idle + 1000, 1000, 10);
      left.push([count('media_sessions'), count('media_events')]);
    }
    expect(left).toEqual([
      [0, 5004],
      [0, 4],
      [0, 0],
      [0, 0],
    ]);
    expect([count('media_event_pages'), count('media_forgotten')]).toEqual([0, 0]);
  });

  it('forgets what is told to nobody where nobody asks for closes, and keeps what another is to be told', async () => {
    const database = new DatabaseSync(':memory:');
    const deaf = sqliteStore(database, { retention: 1000 });
    await createAt(deaf, 'a', T0);
    await deaf.claimClosed(T0 + idle + 999, 1000, 0);
    expect(await deaf.get('a')).toBeDefined();
    await deaf.claimClosed(T0 + idle + 1000, 1000, 0);
    expect(await deaf.get('a')).toBeUndefined();

    await createAt(deaf, 'b', T0);
    await createAt(deaf, 'c', T0);
    await sqliteStore(database).claimClosed(T0 + idle, 1000, 1);
    await deaf.claimClosed(T0 + idle + 5000, 1000, 0);
    expect([await deaf.get('b'), await deaf.get('c')]).not.toContain(undefined);
  });
});
