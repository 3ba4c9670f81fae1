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

  it.each([['--help'], ['-h'], ['report', '--help'], ['report', '-h'], ['serve', '--help'], ['serve', '-h']])(
    'says how it is used for %s %s',
    async (...args) => {
      const { stdout, stderr, code } = await run(args.filter((arg) => arg !== undefined));
      expect(stdout).toMatch(/^Usage: media-sessions .*--help/s);
      expect(stdout.split('\n').every((line) => line.length <= 100)).toBe(true);
      expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    },
  );

  it.runIf(existsSync('/dev/full'))('says in one line that its output cannot be written', async () => {
    const child = spawn(bin, ['--help'], { stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'] });
    const said = child.stderr && text(child.stderr);
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(await said).toBe('media-sessions: cannot write the output: no space left on device\n');
  });

  it.runIf(existsSync('/dev/full'))('keeps its exit code when not even a fault can be written', async () => {
    const child = spawn(bin, ['serv'], { stdio: ['ignore', 'ignore', openSync('/dev/full', 'w')] });
    expect(await once(child, 'exit')).toEqual([2, null]);
  });

  it.each([
    [[], 'a command is missing; media-sessions --help lists them'],
    [['serv'], 'there is no command serv; media-sessions --help lists them'],
    [['constructor'], 'there is no command constructor; media-sessions --help lists them'],
    [['report'], 'report needs a file; media-sessions report --help says which'],
    [['report', 'a', 'b'], 'report takes one file, not also b'],
    [['report', '--json', '--text', 'a'], '--json and --text exclude each other'],
    [['report', '--sid'], "Option '--sid <value>' argument missing; media-sessions report --help lists the options"],
    [['report', '--jsn', 'a'], "Unknown option '--jsn'; media-sessions report --help lists the options"],
  ])('refuses %j in one line, with exit code 2', async (args, message) => {
    const { stdout, stderr, code } = await run(args);
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
    const [, said] = /^media-sessions: (.*)\n$/.exec(stderr) ?? [];
    if (typeof message === 'string') expect(said).toBe(message);
    else expect(said).toMatch(message);
  });
});
