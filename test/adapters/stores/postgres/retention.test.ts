import { describe, expect, it } from 'vitest';
import { postgresStore } from '../../../../adapters/stores/postgres/store.ts';
import { DEFAULT_TIMEOUTS } from '../../../../src/session/lifecycle.ts';
import { eventually } from '../../../support/eventually.ts';
import { postgresIsMissing } from '../../../support/servers/postgres.ts';
import { createAt, eventAt, RULE, T0 } from '../../../support/stores/events.ts';
import { newSchema, usePostgres } from '../../../support/stores/postgres-fixture.ts';

const { idle } = DEFAULT_TIMEOUTS;

describe.skipIf(postgresIsMissing())('postgresStore with a retention', () => {
  const postgres = usePostgres();

  it('does not forget a session before its close is settled', async () => {
    const store = postgresStore(postgres.newPool(), { schema: newSchema(), retention: 1000 });
    await createAt(store, 'a', T0);
    await store.claimClosed(T0 + idle, 1000, 10);
    const late = eventAt(T0 + idle + 5000);
    expect(await store.append('a', [late], RULE)).toBe('closed');
    await store.settle('a');
    expect(await store.append('a', [late], RULE)).toBe('unknown');
    await store.close();
  });

  it('forgets closed sessions where nobody asks for closes', async () => {
    const store = postgresStore(postgres.newPool(), { schema: newSchema(), retention: 1000 });
    await createAt(store, 'a', T0);
    expect(await store.append('a', [eventAt(T0 + idle + 1000)], RULE)).toBe('unknown');
    await Promise.all(Array.from({ length: 1000 }, (_, index) => createAt(store, `b${index}`, T0 + idle + 1000)));
    await eventually(async () => expect(await store.get('a')).toBeUndefined());
    await store.close();
  });

  it('hands out closed sessions though forgetting old ones takes too long', async () => {
    const schema = newSchema();
    const pool = postgres.newPool();
    const store = postgresStore(pool, { schema, retention: 1000 });
    await createAt(store, 'old', T0);
    await store.settle('old');
    await createAt(store, 'due', T0 + 2000);
    const blocker = await pool.connect();
    await blocker.query(`begin; lock table ${schema}.events in share mode`);
    const claimed = await store.claimClosed(T0 + 2000 + idle, 1000, 10);
    expect(claimed.map(({ sid }) => sid)).toEqual(['due']);
    await blocker.query('rollback');
    blocker.release();
    await eventually(async () => {
      await store.claimClosed(T0 + 2000 + idle, 1000, 10);
      expect(await store.get('old')).toBeUndefined();
    });
    await store.close();
  });
});
