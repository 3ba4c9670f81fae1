import { postgresIsMissing } from '../../support/servers/postgres.ts';
import { redisIsMissing } from '../../support/servers/redis.ts';
import { benchPostgres } from './postgres.ts';
import { benchRedis } from './redis.ts';
import { benchSqlite } from './sqlite.ts';

/** What the stores gain by writing together, and what a large store costs. A server that is not installed is left out. */
export async function benchStores(): Promise<void> {
  await benchSqlite();
  if (!postgresIsMissing()) await benchPostgres();
  if (!redisIsMissing()) await benchRedis();
}
