import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { type PostgresServer, postgresIsMissing, startPostgres } from '../../../support/servers/postgres.ts';
import { survivesKills } from '../../../support/stores/kills.ts';
import { survivesOutages } from '../../../support/stores/outages.ts';
import { sharedByProcesses } from '../../../support/stores/shared-store.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

describe.skipIf(postgresIsMissing())('postgresStore in processes of its own', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.remove());
  const newDatabase = () => server.newDatabase();

  sharedByProcesses(it, 'postgres', newDatabase);
  survivesKills(it, 'postgres', newDatabase);
  survivesOutages(it, 'postgres', () => server, newDatabase);
});
