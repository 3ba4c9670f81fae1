import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { endAll, type RunningServer, startServe } from '../../../../support/cli/serve.ts';

afterEach(endAll);

/** The status of a GET with headers of any kind: fetch would not send a Host. */
function get({ url }: RunningServer, path: string, headers: Record<string, string> = {}): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    request(new URL(path, url), { headers }, async (response) => {
      resolve([response.statusCode ?? 0, await text(response)]);
    })
      .once('error', reject)
      .end();
  });
}

const statusOf = async (...args: Parameters<typeof get>) => (await get(...args))[0];
const PRIVATE = ['/inspect/api/totals', '/inspect/api/sessions', '/metrics'];

describe('the inspector and the metrics of media-sessions serve', () => {
  it('are shown without a token to who asks by the name of this machine', async () => {
    const server = await startServe(['--store', 'memory']);
    const { port } = new URL(server.url);
    for (const path of ['/inspect/', '/inspect', ...PRIVATE]) {
      for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, 'LOCALHOST', `[::1]:${port}`, '127.0.0.1']) {
        expect([path, host, await statusOf(server, path, { host })]).toEqual([path, host, 200]);
      }
    }
  });

  it('are not shown to a page that had its own name lead here', async () => {
    const server = await startServe(['--store', 'memory']);
    const { port } = new URL(server.url);
    const names = [
      'evil.example',
      `evil.example:${port}`,
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      '10.0.0.1',
    ];
    for (const path of ['/inspect/', '/inspect', ...PRIVATE]) {
      for (const host of [...names, '127.0.0.1@evil.example', '0x7f000001', '[::2]']) {
        expect([path, host, await statusOf(server, path, { host })]).toEqual([path, host, 403]);
      }
    }
    expect(await get(server, '/metrics', { host: 'evil.example' })).toEqual([
      403,
      'Without a token this is only shown on http://localhost, http://127.0.0.1 and http://[::1], through no proxy.\n',
    ]);
    // Players come by any name.
    expect(await statusOf(server, '/api/v1/schemas/ping', { host: 'media.example' })).toBe(200);
    expect(await statusOf(server, '/healthz', { host: 'media.example' })).toBe(200);
  });

  it('are not shown through a proxy on this machine, which may send a Host of its own', async () => {
    const server = await startServe(['--store', 'memory']);
    for (const path of ['/inspect/', ...PRIVATE]) {
      for (const name of ['X-Forwarded-For', 'Forwarded', 'Via', 'X-Real-IP', 'X-Forwarded-Host']) {
        expect([path, name, await statusOf(server, path, { [name]: '198.51.100.7' })]).toEqual([path, name, 403]);
      }
    }
  });

  it('are shown with the token, wherever who has it asks', async () => {
    const server = await startServe(['--store', 'memory', '--host', '0.0.0.0'], {
      MEDIA_SESSIONS_TOKEN: 'a-good-token',
    });
    expect(server.stdout()).toMatch(/Inspector: http:\/\/[^/]+\/inspect\/#token=<the token>\n/);
    expect(server.stdout()).not.toContain('a-good-token');
    for (const path of PRIVATE) {
      const headers = { host: 'media.example' };
      expect(await statusOf(server, path, { ...headers, authorization: 'Bearer a-good-token' })).toBe(200);
      for (const wrong of ['a-good-toke', 'a-good-token2', '', 'a-good-token a-good-token']) {
        expect(await statusOf(server, path, { ...headers, authorization: `Bearer ${wrong}` })).toBe(401);
      }
      expect(await statusOf(server, path, { ...headers, authorization: 'Basic a-good-token' })).toBe(401);
      expect(await statusOf(server, path, headers)).toBe(401);
      expect(await statusOf(server, `${path}?token=a-good-token`, headers)).toBe(401);
    }
    // The page holds nothing, and asks for the token.
    expect(await statusOf(server, '/inspect/')).toBe(200);
    expect(await statusOf(server, '/healthz')).toBe(200);
    await server.start();
  });

  it('asks for the token on the loopback address too', async () => {
    const server = await startServe(['--store', 'memory', '--token', 'a-good-token']);
    for (const path of PRIVATE) expect(await statusOf(server, path)).toBe(401);
  });

  it('leaves only the metrics open on every address without an inspector and a token', async () => {
    const server = await startServe(['--store', 'memory', '--host', '0.0.0.0', '--no-inspector']);
    expect(await statusOf(server, '/metrics', { host: 'media.example' })).toBe(200);
    expect(await statusOf(server, '/inspect/')).toBe(404);
  });

  it('lead a browser that opens the bare address to the page', async () => {
    const server = await startServe(['--store', 'memory']);
    const response = await fetch(server.url);
    expect([response.url, response.status]).toEqual([`${server.url}/inspect/`, 200]);
    const without = await startServe(['--store', 'memory', '--no-inspector']);
    expect((await fetch(without.url)).status).toBe(404);
  });

  it('shows the sessions that came', async () => {
    const server = await startServe(['--store', 'memory']);
    const location = await server.start();
    const [, body] = await get(server, '/inspect/api/sessions');
    expect(JSON.parse(body).sessions).toMatchObject([{ sid: location.split('/')[4], state: 'open', mediaId: 'id-1' }]);
  });
});
