import { afterAll, describe, expect, it } from 'vitest';
import { events, start } from '../../../../src/testing/conformance/samples.ts';
import { removeInputs, reportsOf, writeInput } from '../../../support/cli/report.ts';
import { run } from '../../../support/cli/run.ts';

afterAll(removeInputs);

const twoSessions = 'test/fixtures/captures/js-sdk/16-idle-30min-pause-then-resume.json';
const line = (sid: string, event: unknown) => ({ sid, event, receivedAt: 0 });

describe('media-sessions report', () => {
  it('reads a file, and prints a line of JSON for each session into a pipe', async () => {
    const { stdout, stderr, code } = await run(['report', twoSessions]);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    const reports = stdout
      .trim()
      .split('\n')
      .map((each) => JSON.parse(each));
    expect(reports).toMatchObject([{ sid: 'sid1' }, { sid: 'sid2' }]);
  });

  it('reads a single line, empty lines and the standard input too', async () => {
    const { stdout } = await run(['report', '-'], `\n${JSON.stringify(line('a', start))}\n\n`);
    expect(JSON.parse(stdout)).toMatchObject({ sid: 'a', eventCount: 1 });
  });

  it('prints only the sessions that are asked for', async () => {
    expect(await reportsOf(twoSessions, '--sid', 'sid2')).toMatchObject([{ sid: 'sid2', eventCount: 8 }]);
    expect(await reportsOf(twoSessions, '--sid', 'sid2', '--sid', 'sid1')).toMatchObject([
      { sid: 'sid2' },
      { sid: 'sid1' },
    ]);
  });

  it('names the sessions there are when one is asked for that is not, with exit code 2', async () => {
    const { stderr, code } = await run(['report', twoSessions, '--sid', 'sid3']);
    expect(stderr).toBe(`media-sessions: ${twoSessions} has no session sid3; it has sid1, sid2\n`);
    expect(code).toBe(2);
  });

  it('says what it left out, beside text too, with exit code 3', async () => {
    const path = writeInput([line('a', start), line('b', { ...start, params: {} })]);
    const { stdout, stderr, code } = await run(['report', '--text', path]);
    expect(stdout).toMatch(/^session a: /);
    expect(stderr.startsWith(`media-sessions: left out of ${path}: line 2 is no event`)).toBe(true);
    expect(stderr.match(/\n/g)).toHaveLength(1);
    expect(code).toBe(3);
  });

  it('says what it left out before it misses a session that is asked for', async () => {
    const path = writeInput([line('a', start), line('b', { ...start, params: {} })]);
    const { stdout, stderr, code } = await run(['report', path, '--sid', 'b']);
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/: left out of \S+: line 2 is no event/),
      `media-sessions: ${path} has no session b; it has a`,
      '',
    ]);
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
  });

  it('says what is wrong with a file that it can report nothing of in one line, with exit code 2', async () => {
    const path = writeInput([line('a', events.play)]);
    expect(await run(['report', path])).toEqual({
      stdout: '',
      stderr: `media-sessions: cannot read ${path}: line 1 is for session a, which no sessionStart before it opened\n`,
      code: 2,
    });
  });
});
