import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ndjsonReports } from '../../../adapters/reports/ndjson.ts';
import { closedSession, closedSessionOfManyAds } from '../../support/report/closed-session.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reports-'));
  file = join(folder, 'reports.ndjson');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const text = () => readFileSync(file, 'utf8');

/** The sids of the reports in the file, in order; of a line that is no JSON, `cut`. */
function sids(): string[] {
  return text()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      try {
        return (JSON.parse(line) as { sid: string }).sid;
      } catch {
        return 'cut';
      }
    });
}

describe('ndjsonReports', () => {
  it('has the report in the file as one line when the hook resolves', async () => {
    const closed = closedSession();
    await ndjsonReports(file)(closed);
    expect(text()).toBe(`${JSON.stringify(closed.report)}\n`);
  });

  it('has a report of any size as one line', async () => {
    const closed = closedSessionOfManyAds();
    await ndjsonReports(file)(closed);
    expect(text()).toBe(`${JSON.stringify(closed.report)}\n`);
  });

  it('asks for the path of a file', () => {
    for (const path of [undefined, '', 5]) {
      expect(() => ndjsonReports(path as never)).toThrow('ndjsonReports: give it the path of a file');
    }
  });

  it.runIf(existsSync('/dev/null'))('writes to a device too, which no disk is behind', async () => {
    await ndjsonReports('/dev/null')(closedSession());
  });

  it('adds to what is there', async () => {
    writeFileSync(file, '{"sid":"earlier"}\n');
    await ndjsonReports(file)(closedSession('later'));
    expect(sids()).toEqual(['earlier', 'later']);
  });

  it('keeps every one of a thousand sessions that close at once, in order', async () => {
    const report = ndjsonReports(file);
    const names = Array.from({ length: 1000 }, (_, index) => `s${index}`);
    await Promise.all(names.map((sid) => report(closedSession(sid))));
    expect(sids()).toEqual(names);
  });

  it('loses nothing where two hooks write to one file', async () => {
    const hooks = [ndjsonReports(file), ndjsonReports(file)];
    const names = Array.from({ length: 200 }, (_, index) => `s${index}`);
    await Promise.all(names.map((sid, index) => hooks[index % 2]?.(closedSession(sid))));
    expect(sids().sort()).toEqual(names.sort());
  });

  it('starts a new line after one that a crash has cut', async () => {
    writeFileSync(file, '{"sid":"whole"}\n{"sid":"cu');
    await ndjsonReports(file)(closedSession('next'));
    expect(text()).toMatch(/^\{"sid":"whole"\}\n\{"sid":"cu\n\{"sid":"next",.*\}\n$/);
  });

  it('looks for a cut line at each write, since another process may have left it', async () => {
    const report = ndjsonReports(file);
    await report(closedSession('first'));
    writeFileSync(file, `${text()}{"si`);
    await report(closedSession('second'));
    expect(sids()).toEqual(['first', 'cut', 'second']);
  });

  it('goes on in a new file when the file is moved away', async () => {
    const report = ndjsonReports(file);
    await report(closedSession('before'));
    renameSync(file, `${file}.1`);
    await report(closedSession('after'));
    expect(sids()).toEqual(['after']);
  });

  it('rejects what it cannot write, and writes again once it can', async () => {
    const folderToCome = join(folder, 'to-come');
    const report = ndjsonReports(join(folderToCome, 'reports.ndjson'));
    await expect(report(closedSession())).rejects.toThrow(/ENOENT.*to-come/);
    renameSync(mkdtempSync(join(folder, 'new-')), folderToCome);
    await report(closedSession());
    expect(readFileSync(join(folderToCome, 'reports.ndjson'), 'utf8')).toMatch(/^\{.*\}\n$/);
  });

  it('stays with the file it was given when the working directory changes', async () => {
    const before = process.cwd();
    try {
      process.chdir(folder);
      const report = ndjsonReports('reports.ndjson');
      process.chdir(before);
      await report(closedSession());
    } finally {
      process.chdir(before);
    }
    expect(sids()).toEqual(['sid']);
  });

  async function survives(kills: number): Promise<void> {
    for (let kill = 0; kill < kills; kill++) {
      const writer = spawn(process.execPath, [
        new URL('../../support/report/write-reports.ts', import.meta.url).pathname,
        file,
        `k${kill}-`,
      ]);
      const acknowledged: string[] = [];
      for await (const sid of createInterface(writer.stdout)) {
        acknowledged.push(sid);
        if (acknowledged.length === 30 + 7 * kill) writer.kill('SIGKILL');
      }
      expect(acknowledged.length).toBeGreaterThan(29);
      expect(new Set(sids())).toEqual(new Set(sids().concat(acknowledged)));
    }
    await ndjsonReports(file)(closedSession('at last'));
    expect(sids().at(-1)).toBe('at last');
    expect(sids().filter((sid) => sid === 'cut').length).toBeLessThanOrEqual(kills);
  }

  it('has every report whose hook resolved in the file of a process that was killed', () => survives(1));
  it('has all of them however often that happens', { tags: ['long'] }, () => survives(5));
});
