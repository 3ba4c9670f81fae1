import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mapStore } from '../examples/store.ts';
import { events, start } from '../src/testing/conformance/samples.ts';
import { storeContract } from '../src/testing/store-contract/store-contract.ts';
import { eventually } from './support/eventually.ts';
import { chromiumIsMissing } from './support/inspector/pages.ts';
import { CHROMIUM } from './support/requirements.ts';
import { type PostgresServer, postgresIsMissing, startPostgres } from './support/servers/postgres.ts';
import { programPath } from './support/servers/programs.ts';

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** Runs an example on the built package, as a user would. */
function run(name: string, env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [`examples/${name}.ts`], { env: { ...process.env, PORT: '0', ...env } });
  running.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    child,
    exit,
    output: () => output,
    /** Waits for the output to match, and gives the match. */
    prints: (pattern: RegExp) =>
      eventually(() => {
        const match = pattern.exec(output);
        if (match) return match;
        throw new Error(`Expected ${pattern} in the output of ${name}, which was:\n${output}`);
      }),
  };
}

describe.each(['node', 'express', 'koa', 'fastify', 'hono', 'nest'])('examples/%s.ts', (name) => {
  it('serves a session, says so, and stops when it is told to', async () => {
    const { child, exit, prints } = run(name);
    const [, port] = await prints(/127\.0\.0\.1:(\d+)|port: (\d+)/).then((match) => match.filter(Boolean));
    const post = (path: string, body: unknown) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', connection: 'close' },
        body: JSON.stringify(body),
      });

    const location = (await post('/api/v1/sessions', start)).headers.get('location') ?? '';
    expect((await post(`${location}/events`, events.play)).status).toBe(204);
    await prints(new RegExp(`started *${location.split('/')[4]}`));

    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });
});

describe('examples/lambda.ts', () => {
  it('answers an event of API Gateway below its stage, and has run its hooks by then', () => {
    const event = {
      version: '2.0',
      rawPath: '/prod/api/v1/sessions',
      rawQueryString: '',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(start)).toString('base64'),
      isBase64Encoded: true,
      requestContext: { domainName: 'api.example', http: { method: 'POST' } },
    };
    const program = `
      const { handler } = await import('./examples/lambda.ts');
      const { statusCode, headers } = await handler(${JSON.stringify(event)});
      console.log(statusCode, headers.location);
      process.exit();`;
    const env = { ...process.env, PREFIX: '/prod' };
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', program], { env, encoding: 'utf8' });
    expect(printed).toMatch(/^started ([0-9a-f]{64})\n201 \/api\/v1\/sessions\/\1\n$/);
  });
});

describe.skipIf(postgresIsMissing())('examples/durable.ts', { tags: ['long'] }, () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres?.remove());

  it('keeps a session over a restart, and posts its report', async () => {
    const reported: string[] = [];
    const receiver = createServer((req, res) => {
      req.setEncoding('utf8').on('data', (text) => reported.push(text));
      req.on('end', () => res.writeHead(204).end());
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const { port } = receiver.address() as AddressInfo; // of a TCP server
    const env = {
      DATABASE_URL: postgres.url,
      REPORTS_URL: `http://127.0.0.1:${port}/`,
      REPORTS_SECRET: 'what both sides know',
    };
    const listening = /port: (\d+)/;
    const post = (at: string | undefined, path: string, body: unknown) =>
      fetch(`http://127.0.0.1:${at}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });

    const first = run('durable', env);
    const [, before] = await first.prints(listening);
    const location = (await post(before, '/api/v1/sessions', start)).headers.get('location') ?? '';
    first.child.kill('SIGTERM');
    expect(await first.exit).toBe(0);

    const second = run('durable', env);
    const [, after] = await second.prints(listening);
    expect((await post(after, `${location}/events`, events.sessionEnd)).status).toBe(204);
    await eventually(() => expect(reported.join('')).toContain(location.split('/')[4])); // after the session's grace
    second.child.kill('SIGTERM');
    expect(await second.exit).toBe(0);
    receiver.close();
  });
});

describe.skipIf(chromiumIsMissing())('examples/player-test.ts', { tags: ['long'] }, () => {
  it('passes', () => {
    const [names = []] = CHROMIUM.programs;
    const args = ['--test', 'examples/player-test.ts'];
    const output = execFileSync(process.execPath, args, {
      env: { ...process.env, CHROMIUM: programPath(...names) },
      encoding: 'utf8',
    });
    expect(output).toMatch(/pass 1\n/);
  });
});

describe('examples/store.ts', () => storeContract(it, mapStore));
