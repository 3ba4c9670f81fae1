import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { createHealth } from '../../../../../apps/cli/serve/pages/health.ts';
import { memoryStore } from '../../../../../src/memory-store/memory-store.ts';
import { endAll, type RunningServer, startServe, stop } from '../../../../support/cli/serve.ts';
import { eventually } from '../../../../support/eventually.ts';
import { postgresIsMissing, startPostgres } from '../../../../support/servers/postgres.ts';
import { redisIsMissing, startRedis } from '../../../../support/servers/redis.ts';

afterEach(endAll);

async function health({ url }: RunningServer): Promise<{ status: number; text: string }> {
  const response = await fetch(`${url}/healthz`);
  return { status: response.status, text: await response.text() };
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
  expect(await health(serving)).toEqual(away); // though the store never answers
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
});

describe('the health of a server', () => {
  const store = memoryStore();
  const readOnly = { status: 503, text: 'The store answers, and keeps nothing; the log says why.\n' };
  const healthy = { status: 200, text: 'The store answers.\n' };

  it.each([
    ['fails', () => Promise.reject(new Error('The store is away'))],
    ['never answers', () => new Promise<never>(() => {})],
  ])('is bad while the store %s', async (_, get) => {
    expect(await createHealth({ ...store, get }, () => false).check()).toEqual(away);
  });

  it('is bad from a write that fails to one that succeeds, whatever is read meanwhile', async () => {
    const { check, observeStore } = createHealth(store, () => false);
    observeStore('get', 0, true);
    expect(await check()).toEqual(healthy);
    observeStore('append', 0, true);
    observeStore('get', 0, false);
    expect(await check()).toEqual(readOnly);
    observeStore('claimClosed', 0, false);
    expect(await check()).toEqual(healthy);
  });

  it('is bad once the server stops', async () => {
    expect(await createHealth(store, () => true).check()).toEqual({ status: 503, text: 'The server is stopping.\n' });
  });
});

describe('/healthz in an outage', { tags: ['long'] }, () => {
  it('is 503 while the store can only be read, and 200 after', async () => {
    const server = await startServe();
    const database = new DatabaseSync(join(server.folder, 'media-sessions.db'), { timeout: 30_000 });
    database.exec('begin immediate'); // once the server writes nothing
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

  it.skipIf(redisIsMissing())('is 503 while Redis is away or hangs, and 200 after', async () => {
    const redis = await startRedis();
    await checkWithServer(redis.url, redis).finally(() => redis.remove());
  });

  it.skipIf(postgresIsMissing())('is 503 while PostgreSQL is away or hangs, and 200 after', async () => {
    const postgres = await startPostgres();
    await checkWithServer(await postgres.newDatabase(), postgres).finally(() => postgres.remove());
  });
});
