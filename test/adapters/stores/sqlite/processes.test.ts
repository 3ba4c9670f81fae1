import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sqliteStore } from '../../../../adapters/stores/sqlite/store.ts';
import { eventually } from '../../../support/eventually.ts';
import { assertStored } from '../../../support/stores/assert-stored.ts';
import { survivesKills } from '../../../support/stores/kills.ts';
import { startLoad } from '../../../support/stores/load-generator.ts';
import { startServer } from '../../../support/stores/server-process.ts';
import { sharedByProcesses } from '../../../support/stores/shared-store.ts';

describe('sqliteStore in processes of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'media-sessions-'));
  let files = 0;
  const newFile = async () => join(folder, `${++files}.db`);
  afterAll(() => rmSync(folder, { recursive: true }));

  sharedByProcesses('sqlite', newFile);
  survivesKills('sqlite', newFile);

  /** Runs a process with a disk of 3 MB of its own, of which 1 MB is taken. */
  const smallDisk = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c'];
  const mount = (disk: string) =>
    `mount -t tmpfs -o size=3m tmpfs ${disk} && head -c 1000000 /dev/zero > ${disk}/ballast`;

  it('answers 503 on a full disk, loses nothing that it acknowledged, and is well when there is space', async (context) => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    const trial = spawnSync(smallDisk[0] ?? '', [...smallDisk.slice(1), mount(disk)], { encoding: 'utf8' });
    const reason = `a small disk cannot be mounted here, which takes user namespaces: ${trial.stderr}`;
    if (trial.status !== 0 && !process.env['CI']) context.skip(reason);
    expect(trial.status, reason).toBe(0);

    const wrapper = [...smallDisk, `${mount(disk)} && exec "$@"`, 'sh'];
    const server = await startServer('sqlite', join(disk, 'a.db'), {}, wrapper);
    const load = startLoad({ ports: () => [server.port], players: 10 });
    const { acknowledged } = load;
    await eventually(() => expect(acknowledged.statuses.get(503)).toBeGreaterThan(20));
    // The disk is seen by the server alone, and here through its process.
    rmSync(`/proc/${server.pid}/root${disk}/ballast`);
    const before = acknowledged.events.size;
    await eventually(() => expect(acknowledged.events.size).toBeGreaterThan(before + 10));
    await load.stop();
    const copy = await newFile();
    for (const part of ['', '-wal']) copyFileSync(`/proc/${server.pid}/root${disk}/a.db${part}`, copy + part);
    const store = sqliteStore(copy);
    await assertStored(store, acknowledged);
    await store.close();
    await server.stop();
    expect([...acknowledged.statuses.keys()].sort()).toEqual([201, 204, 503]);
    expect(server.failures.filter((failure) => !failure.startsWith('StoreUnavailable'))).toEqual([]);
    expect(server.slowest).toBeLessThan(2000);
  });
});
