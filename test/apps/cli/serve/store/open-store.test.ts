import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../../../../apps/cli/serve/store/open-store.ts';
import { parseStoreChoice } from '../../../../../apps/cli/serve/store/store-choice.ts';
import { handleSessionStart } from '../../../../../src/index.ts';
import { downloadedSession, start } from '../../../../../src/testing/conformance/samples.ts';
import { freePorts } from '../../../../support/servers/ports.ts';
import { redisIsMissing, startRedis } from '../../../../support/servers/redis.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stores-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Opens the store that `--store` names. */
function open(store: string) {
  return openStore(parseStoreChoice(store), undefined);
}

/** Why a store cannot be opened. */
async function reasonFor(store: string): Promise<string> {
  const failure: unknown = await open(store).catch((error) => error);
  expect(failure).toMatchObject({ name: 'CannotRun', exitCode: 1 });
  return (failure as Error).message;
}

describe('the store of media-sessions serve', () => {
  it('is a SQLite file of the name that is given', async () => {
    const file = join(folder, 'sessions.db');
    const { store, close, ...opened } = await open(`sqlite:${file}`);
    expect(opened).toEqual({ name: `sqlite:${file}`, isPersistent: true });
    await handleSessionStart(start, { store });
    await close();
    expect(existsSync(file)).toBe(true);
  });

  it('is the memory of the process, when that is chosen', async () => {
    const { store, close, ...opened } = await open('memory');
    expect(opened).toEqual({ name: 'memory', isPersistent: false });
    await handleSessionStart(start, { store });
    await close();
  });

  it.each(['memory', 'sqlite'])('forgets a closed session after the retention that is chosen, in %s', async (type) => {
    const choice = parseStoreChoice(type === 'memory' ? type : `sqlite:${join(folder, 'forgets.db')}`);
    const { store, close } = await openStore(choice, 1000);
    await handleSessionStart(downloadedSession, { store });
    const [session] = await store.claimClosed(Date.now(), 1000, 10);
    if (!session) throw new Error('No session is closed');
    await store.settle(session.sid);
    const remembers = async (time: number) => {
      await store.claimClosed(time, 1000, 10);
      return (await store.get(session.sid)) !== undefined;
    };
    expect(await remembers(session.deadline + 999)).toBe(true);
    expect(await remembers(session.deadline + 1000)).toBe(false);
    await close();
  });
});

describe('a store that media-sessions serve cannot use', () => {
  it('is named without its password when it cannot be reached', async () => {
    const [port = 0] = await freePorts(1);
    expect(await reasonFor(`redis://user:secret@127.0.0.1:${port}`)).toBe(
      `cannot use the store redis://127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}`,
    );
    expect(await reasonFor(`postgres://user:secret@127.0.0.1:${port}/db?password=secret`)).toBe(
      `cannot use the store postgres://127.0.0.1:${port}/db: connect ECONNREFUSED 127.0.0.1:${port}`,
    );
  });

  it.skipIf(redisIsMissing())('may let it connect and no more', async () => {
    const redis = await startRedis();
    const client = await createClient({ url: redis.url }).connect();
    await client.sendCommand(['ACL', 'SETUSER', 'default', '-eval', '-evalsha']);
    client.destroy();
    expect(await reasonFor(redis.url).finally(() => redis.remove())).toMatch(
      `cannot use the store ${redis.url}: NOPERM`,
    );
  });

  it('may be a SQLite file that cannot be opened, or is none', async () => {
    expect(await reasonFor('sqlite:/nowhere/sessions.db')).toBe(
      'cannot use the store sqlite:/nowhere/sessions.db: unable to open database file',
    );
    const path = join(folder, 'text.db');
    writeFileSync(path, 'This is no database, and long enough to be taken for one. '.repeat(20));
    expect(await reasonFor(`sqlite:${path}`)).toBe(`cannot use the store sqlite:${path}: file is not a database`);
  });
});
