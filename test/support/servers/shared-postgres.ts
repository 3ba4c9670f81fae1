import type { TestProject } from 'vitest/node';
import { type PostgresServer, postgresIsMissing, startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of the server that all files share; each makes databases of its own there, and leaves it running. */
    readonly postgresUrl: string;
  }
}

let server: PostgresServer | undefined;

/** Starts the server before the first file: its start takes longer than most files. */
export async function setup(project: TestProject): Promise<void> {
  if (postgresIsMissing()) return;
  server = await startPostgres();
  project.provide('postgresUrl', server.url);
}

export async function teardown(): Promise<void> {
  await server?.remove();
}
