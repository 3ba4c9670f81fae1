import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { run } from '../../support/cli/run.ts';

const { version, bin } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string; bin: string };

describe('media-sessions', () => {
  it('runs by its shebang, as npx does', async () => {
    const child = spawn(bin, ['--version'], { stdio: 'ignore' });
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.each(['--version', '-v'])('prints its version for %s', async (flag) => {
    expect(await run([flag])).toEqual({ stdout: `${version}\n`, stderr: '', code: 0 });
  });

  it.each([
    ['media-sessions <command>', [], ['help'], ['--help'], ['-h'], ['help', 'help']],
    ['media-sessions report <file>', ['help', 'report'], ['report', '--help'], ['report', '-h']],
    ['media-sessions serve [options]', ['help', 'serve'], ['serve', '--help'], ['serve', '-h']],
  ] as [string, ...string[][]][])('prints how to use %s for %j, %j and their like', async (usage, ...commandLines) => {
    for (const args of commandLines) {
      const { stdout, stderr, code } = await run(args);
      expect(stdout.startsWith(`Usage: ${usage}`)).toBe(true);
      expect(stdout).toMatch(/^ {2}-h, --help /m);
      expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
      expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    }
  });

  it.runIf(existsSync('/dev/full'))('says in one line that its output cannot be written', async () => {
    const child = spawn(bin, ['--help'], { stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'] });
    const stderr = child.stderr && text(child.stderr);
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(await stderr).toBe('media-sessions: cannot write the output: no space left on device\n');
  });

  it.runIf(existsSync('/dev/full'))('keeps its exit code when not even a fault can be written', async () => {
    const child = spawn(bin, ['serv'], { stdio: ['ignore', 'ignore', openSync('/dev/full', 'w')] });
    expect(await once(child, 'exit')).toEqual([2, null]);
  });

  it.each([
    [['serv'], 'there is no command serv; media-sessions --help lists them'],
    [['constructor'], 'there is no command constructor; media-sessions --help lists them'],
    [['help', 'serv'], 'there is no command serv; media-sessions --help lists them'],
    [['help', 'serve', 'report'], 'help takes one command, not also report'],
    [['report'], 'report needs a file; media-sessions report --help says which'],
    [['report', 'a', 'b'], 'report takes one file, not also b'],
    [['report', '--json', '--text', 'a'], '--json and --text exclude each other'],
    [['report', '--sid'], "Option '--sid <value>' argument missing; media-sessions report --help lists the options"],
    [['report', '--jsn', 'a'], "Unknown option '--jsn'; media-sessions report --help lists the options"],
  ])('says what is wrong with %j in one line, with exit code 2', async (args, message) => {
    expect(await run(args)).toEqual({ stdout: '', stderr: `media-sessions: ${message}\n`, code: 2 });
  });
});
