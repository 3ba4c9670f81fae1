import { afterAll, beforeAll, describe } from 'vitest';
import { type PostgresServer, postgresIsMissing, startPostgres } from '../../../support/servers/postgres.ts';
import { survivesKills } from '../../../support/stores/kills.ts';
import { survivesOutages } from '../../../support/stores/outages.ts';
import { newDatabase } from '../../../support/stores/postgres-fixture.ts';
import { sharedByProcesses } from '../../../support/stores/shared-store.ts';

describe.skipIf(postgresIsMissing())('postgresStore in processes of its own', { tags: ['long'] }, () => {
  sharedByProcesses('postgres', newDatabase);
  survivesKills('postgres', newDatabase);
});

describe.skipIf(postgresIsMissing())('postgresStore on a server that goes away', { tags: ['long'] }, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.remove());

  survivesOutages(
    'postgres',
    () => server,
    () => server.newDatabase(),
  );
});
