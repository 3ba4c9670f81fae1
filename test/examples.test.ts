import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { mapStore } from '../examples/store.ts';
import { events, start } from '../src/testing/conformance/samples.ts';
import { storeContract } from '../src/testing/store-contract/store-contract.ts';
import { eventually } from './support/eventually.ts';

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** Runs an example on the built package, as a user would. */
function run(name: string, port = 0) {
  const child = spawn(process.execPath, [`examples/${name}.ts`], { env: { ...process.env, PORT: String(port) } });
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

describe('examples/store.ts', () => storeContract(it, mapStore));
