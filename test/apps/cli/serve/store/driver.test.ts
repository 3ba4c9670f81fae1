import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { endAll, failsToServe } from '../../../../support/cli/serve.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'alone-'));
  cpSync('dist', join(folder, 'dist'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(endAll);

describe('a database driver that is not installed', () => {
  it.each([
    ['redis://127.0.0.1', 'a store in Redis needs the package redis: npm install redis; see docs/serve.md#stores'],
    ['postgres://127.0.0.1', 'a store in PostgreSQL needs the package pg: npm install pg; see docs/serve.md#stores'],
  ])('is named when media-sessions serve needs it for %s', async (store, message) => {
    expect(await failsToServe(['--store', store], {}, join(folder, 'dist/cli.js'))).toEqual({
      stdout: '',
      stderr: `media-sessions: ${message}\n`,
      code: 1,
    });
  });
});
