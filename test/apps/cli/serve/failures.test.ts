import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { explainListenError } from '../../../../apps/cli/serve/http-server.ts';
import { endAll, failsToServe } from '../../../support/cli/serve.ts';
import { listen } from '../../../support/hosts/serve-host.ts';
import { freePorts } from '../../../support/servers/ports.ts';
import { redisIsMissing, startRedis } from '../../../support/servers/redis.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'alone-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(endAll);

/** The one sentence of a server that cannot start. */
async function sentenceOf(args: readonly string[], program?: string): Promise<string | undefined> {
  const { stdout, stderr, code } = await failsToServe(args, {}, program);
  expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
  const [, said] = /^media-sessions: (.*)\n$/.exec(stderr) ?? [];
  if (said === undefined) throw new Error(`Expected one line on stderr, which was: ${stderr}`);
  return said;
}

describe('media-sessions serve that cannot start', () => {
  it('says that the port is taken', async () => {
    const other = createServer();
    const { port } = new URL(await listen(other));
    expect(await sentenceOf(['--port', port])).toBe(`port ${port} is taken; choose another with --port or PORT`);
    other.close();
  });

  it('says that a port is privileged', () => {
    const error = Object.assign(new Error('listen EACCES: permission denied'), { code: 'EACCES' });
    expect(explainListenError(error, '127.0.0.1', 80)).toBe(
      'port 80 is for privileged users; choose one from 1024 on with --port or PORT',
    );
  });

  it('says that a host is unknown, or another machine', async () => {
    expect(await sentenceOf(['--host', 'nowhere.invalid'])).toBe(
      'the host nowhere.invalid has no address that is known here; --host takes one of this machine',
    );
    expect(await sentenceOf(['--host', '198.51.100.7', '--port', '0', '--no-inspector'])).toBe(
      'the address 198.51.100.7 is not one of this machine; --host takes one that is',
    );
  });

  it('says that a store cannot be reached, without its password', async () => {
    const [port = 0] = await freePorts(1);
    expect(await sentenceOf(['--store', `redis://user:secret@127.0.0.1:${port}`])).toBe(
      `cannot use the store redis://127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}`,
    );
    expect(await sentenceOf(['--store', `postgres://user:secret@127.0.0.1:${port}/db?password=secret`])).toBe(
      `cannot use the store postgres://127.0.0.1:${port}/db: connect ECONNREFUSED 127.0.0.1:${port}`,
    );
  });

  it.skipIf(redisIsMissing())('says that a store lets it connect and no more, and ends', async () => {
    const redis = await startRedis();
    const client = await createClient({ url: redis.url }).connect();
    await client.sendCommand(['ACL', 'SETUSER', 'default', '-eval', '-evalsha']);
    client.destroy();
    expect(await sentenceOf(['--store', redis.url]).finally(() => redis.remove())).toMatch(
      `cannot use the store ${redis.url}: NOPERM`,
    );
  });

  it('says that a SQLite file cannot be used', async () => {
    expect(await sentenceOf(['--store', 'sqlite:/nowhere/sessions.db'])).toBe(
      'cannot use the store sqlite:/nowhere/sessions.db: unable to open database file',
    );
    const path = join(folder, 'text.db');
    writeFileSync(path, 'This is no database, and long enough to be taken for one. '.repeat(20));
    expect(await sentenceOf(['--store', `sqlite:${path}`])).toBe(
      `cannot use the store sqlite:${path}: file is not a database`,
    );
  });

  it('says that reports cannot be written', async () => {
    expect(await sentenceOf(['--reports', '/nowhere/reports.ndjson'])).toBe(
      'cannot write reports to /nowhere/reports.ndjson: no such file or directory',
    );
    expect(await sentenceOf(['--reports', folder])).toBe(
      `cannot write reports to ${folder}: illegal operation on a directory`,
    );
  });

  it('says which driver is missing', async () => {
    const alone = join(folder, 'alone');
    mkdirSync(alone);
    cpSync('dist', join(alone, 'dist'), { recursive: true });
    writeFileSync(join(alone, 'package.json'), '{ "type": "module" }');
    const program = join(alone, 'dist/cli.js');
    expect(await sentenceOf(['--store', 'redis://127.0.0.1'], program)).toBe(
      'a store in Redis needs the package redis: npm install redis',
    );
    expect(await sentenceOf(['--store', 'postgres://127.0.0.1'], program)).toBe(
      'a store in PostgreSQL needs the package pg: npm install pg',
    );
  });
});
