import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endAll, type RunningServer, startServe } from '../support/cli/serve.ts';
import { CURL, isMissing } from '../support/requirements.ts';
import { blocksOf, PAGES } from './pages.ts';

/** An address that the pages write, where a server has another in a test. */
const WRITTEN = 'localhost:8080';

/** Blocks that show calls: a call to copy, or one with its answer after a prompt. */
const calls = PAGES.flatMap(blocksOf).filter(({ code }) => /^(\$ )?curl /.test(code));

describe.skipIf(isMissing(CURL))('a call that the pages show', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServe();
  });
  afterAll(endAll);

  /** Runs a command of the pages, and gives what it prints. */
  function run(command: string, sid = ''): string {
    const program = command.replaceAll(WRITTEN, server.url.replace('http://', '')).replace(/^curl/, 'curl --silent');
    return execFileSync('sh', ['-c', program], { encoding: 'utf8', env: { ...process.env, sid } });
  }

  it.each(calls.map(({ name, code }) => [name, code]))('is answered as they say: %s', async (_name, code) => {
    const sid = (await server.start()).split('/').at(-1);
    const [command = '', answer = ''] = code.replace(/^\$ /, '').split(/\n(?=HTTP\/)/);
    const printed = run(command, sid);
    expect(printed).not.toMatch(/"(errors|status)"|^HTTP\/1\.1 [345]/);
    const shown = answer.trim().split('\n');
    for (const line of shown) expect(printed).toContain(line.replace(/[0-9a-f]+\.\.\.$/, '')); // an id is another each time
  });

  it('is refused in the words of the README when it is wrong', async () => {
    const [refusal] = blocksOf('README.md').filter(({ code }) => code.startsWith('{"message"'));
    const start = '{"eventType":"sessionStart","playerTime":{"playhead":0,"ts":1768471260000}}';
    expect(run(`curl ${WRITTEN}/api/v1/sessions -d '${start}'`)).toBe(refusal?.code.trim());
  });

  it('is in the inspector, where the README says it is', async () => {
    const page = await fetch(`${server.url}/inspect/`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  });
});
