import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { endAll, type RunningServer, startServe, stop } from '../../../../support/cli/serve.ts';
import { eventually } from '../../../../support/eventually.ts';
import { postgresIsMissing, startPostgres } from '../../../../support/servers/postgres.ts';
import { redisIsMissing, startRedis } from '../../../../support/servers/redis.ts';

afterEach(endAll);

async function health({ url }: RunningServer): Promise<{ status: number; text: string; ms: number }> {
  const from = performance.now();
  const response = await fetch(`${url}/healthz`);
  return { status: response.status, text: await response.text(), ms: performance.now() - from };
}

async function untilHealthIs(server: RunningServer, status: number): Promise<void> {
  await eventually(async () => {
    const { status: now } = await health(server);
    if (now !== status) throw new Error(`The health is ${now}`);
  });
}

const away = { status: 503, text: 'The store does not answer; the log says why.\n' };

/** What holds of a store on a server that can be stopped. */
async function checkWithServer(
  url: string,
  server: { stop(): Promise<void>; start(): Promise<void>; pause(): void; resume(): void },
): Promise<void> {
  const serving = await startServe(['--store', url]);
  await serving.start();
  expect(await health(serving)).toMatchObject({ status: 200, text: 'The store answers.\n' });

  await server.stop();
  await untilHealthIs(serving, 503);
  expect(await health(serving)).toMatchObject(away);
  expect((await serving.post('/api/v1/sessions', {})).status).toBe(400);
  await expect(serving.start()).rejects.toThrow('503');

  await server.start();
  await untilHealthIs(serving, 200);
  await serving.start();

  server.pause();
  const { ms, ...hung } = await health(serving);
  expect(hung).toEqual(away);
  expect(ms).toBeLessThan(5_000); // on a busy machine
  server.resume();
  await untilHealthIs(serving, 200);

  await server.stop();
  expect(await stop(serving)).toBe(0);
  expect(serving.stderr()).toBe('');
}

describe('/healthz of media-sessions serve', () => {
  it('is 200 with a store of this process, also for HEAD, and for who has no token', async () => {
    const server = await startServe(['--token', 'a-good-token']);
    expect(await health(server)).toMatchObject({ status: 200, text: 'The store answers.\n' });
    expect((await fetch(`${server.url}/healthz`, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(`${server.url}/healthz`, { method: 'POST' })).status).toBe(405);
  });

  it('is 503 while the store can only be read, and 200 after', async () => {
    const server = await startServe();
    const database = new DatabaseSync(join(server.folder, 'media-sessions.db'));
    database.exec('begin immediate');
    await expect(server.start()).rejects.toThrow('503');
    expect(await health(server)).toMatchObject({
      status: 503,
      text: 'The store answers, and keeps nothing; the log says why.\n',
    });
    database.exec('rollback');
    database.close();
    await untilHealthIs(server, 200);
    await server.start();
  });

  it('is what the container of examples/Dockerfile asks for', async () => {
    const [, command = ''] = /HEALTHCHECK .* CMD (\[.*\])/.exec(readFileSync('examples/Dockerfile', 'utf8')) ?? [];
    const [program, ...args]: string[] = JSON.parse(command);
    const server = await startServe(['--store', 'memory']);
    const env = { MEDIA_SESSIONS_PORT: new URL(server.url).port };
    const check = () => new Promise((resolve) => spawn(process.execPath, args, { env }).once('close', resolve));
    expect([program, await check()]).toEqual(['node', 0]);
    await stop(server);
    expect(await check()).toBe(1);
  });

  it.skipIf(redisIsMissing())('is 503 while Redis is away or hangs, and 200 after', async () => {
    const redis = await startRedis();
    await checkWithServer(redis.url, redis).finally(() => redis.remove());
  });

  it.skipIf(postgresIsMissing())('is 503 while PostgreSQL is away or hangs, and 200 after', async () => {
    const postgres = await startPostgres();
    await checkWithServer(await postgres.newDatabase(), postgres).finally(() => postgres.remove());
  });
});
