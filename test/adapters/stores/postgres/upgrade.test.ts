import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { postgresStore } from '../../../../adapters/stores/postgres/store.ts';
import { postgresIsMissing } from '../../../support/servers/postgres.ts';
import { usePostgres } from '../../../support/stores/postgres-fixture.ts';
import { expectUpgraded } from '../../../support/stores/upgrade.ts';

const WRITTEN = new URL('../../../fixtures/stores/postgres-0.1.sql.gz', import.meta.url);

describe.skipIf(postgresIsMissing())('a schema that version 0.1 wrote', () => {
  const postgres = usePostgres();

  it('is read and written on, by several at once', async () => {
    const pool = postgres.newPool();
    await pool.query(gunzipSync(readFileSync(WRITTEN)).toString());
    const stores = [postgresStore(postgres.newPool()), postgresStore(pool)] as const;
    expect(await Promise.all(stores.map((store) => store.get('open')))).toMatchObject([{}, {}]);
    await expectUpgraded(stores[0]);
    await Promise.all(stores.map((store) => store.close()));
  });
});
