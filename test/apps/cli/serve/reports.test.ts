import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReports } from '../../../../apps/cli/serve/reports.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'reports-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const url = 'https://example.com/';
const secret = 'a good secret';

describe('the reports of media-sessions serve', () => {
  it.skipIf(process.platform === 'win32')('may go to a pipe that nobody reads yet', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(await openReports({ file: pipe }, undefined)).toBeTypeOf('function');
  });

  it('cannot go to a file that cannot be written', async () => {
    const failure = (message: string) => ({ name: 'CannotRun', exitCode: 1, message });
    await expect(openReports({ file: '/nowhere/reports.ndjson' }, undefined)).rejects.toMatchObject(
      failure('cannot write reports to /nowhere/reports.ndjson: no such file or directory'),
    );
    await expect(openReports({ file: folder }, undefined)).rejects.toMatchObject(
      failure(`cannot write reports to ${folder}: illegal operation on a directory`),
    );
  });

  it('are not posted without a secret', async () => {
    await expect(openReports({ url }, undefined)).rejects.toMatchObject({
      name: 'BadInput',
      message: 'posted reports are signed: set MEDIA_SESSIONS_REPORTS_SECRET, which the receiver knows too',
    });
    expect(await openReports({ url }, secret)).toBeTypeOf('function');
  });

  it.each([[undefined], [{ file: 'reports.ndjson' }]])(
    'have no use for a secret when they go to %j',
    async (choice) => {
      await expect(openReports(choice, secret)).rejects.toMatchObject({
        name: 'BadInput',
        message: 'a secret signs posted reports: give --reports a URL, or leave the secret out',
      });
    },
  );
});
