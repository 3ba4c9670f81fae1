import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { requireGuardedInspector } from '../../../../apps/cli/serve/pages/authorization.ts';
import { events, start } from '../../../../src/testing/conformance/samples.ts';
import { endAll, failsToServe, startServe, stop } from '../../../support/cli/serve.ts';
import { eventually } from '../../../support/eventually.ts';
import { listen } from '../../../support/hosts/serve-host.ts';
import { freePorts } from '../../../support/servers/ports.ts';

afterEach(endAll);

describe('media-sessions serve', () => {
  it('keeps sessions in a SQLite file of the working directory, on the loopback address', async () => {
    const server = await startServe();
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await server.start();
    expect(existsSync(join(server.folder, 'media-sessions.db'))).toBe(true);
    expect(server.stdout()).toContain('sessions kept in sqlite:media-sessions.db');
    expect(server.stdout()).toContain(`\nInspector: ${server.url}/inspect/\n`);
    expect(await stop(server)).toBe(0);
    expect(server.stderr()).toBe('');
  });

  it('keeps a session with a wrong type in lenient mode, having said how in standard', async () => {
    const wrong = { ...start, customMetadata: { season: 3 } };
    const standard = await startServe(['--store', 'memory']);
    expect((await standard.post('/api/v1/sessions', wrong)).status).toBe(400);
    await standard.prints(
      /POST \/api\/v1\/sessions: \$\.customMetadata\.season Expected string, got number \(sessionStart; 1 session lost by this key so far; mend the player; until then validation: 'lenient' keeps the session\)/,
    );
    const lenient = await startServe(['--store', 'memory', '--validation', 'lenient']);
    expect((await lenient.post('/api/v1/sessions', wrong)).status).toBe(201);
    const schema = await (await fetch(`${lenient.url}/api/v1/schemas/sessionStart`)).json();
    expect(schema).toMatchObject({
      $id: 'urn:media-sessions:lenient:sessionStart',
      properties: { customMetadata: {} },
    });
  });

  it('does as the environment says', async () => {
    const [port = 0] = await freePorts(1);
    const server = await startServe([], {
      MEDIA_SESSIONS_HOST: '[::1]',
      PORT: String(port),
      MEDIA_SESSIONS_STORE: 'memory',
      MEDIA_SESSIONS_RETENTION: '0.00001',
      MEDIA_SESSIONS_VALIDATION: 'strict',
      MEDIA_SESSIONS_REPORTS: 'reports.ndjson',
      MEDIA_SESSIONS_INSPECTOR: 'false',
      MEDIA_SESSIONS_RETENTON: '3', // misspelt
    });
    expect(server.url).toBe(`http://[::1]:${port}`);
    expect(server.stdout()).toContain('sessions kept in memory\n');
    expect(server.stdout()).toMatch(/Z MEDIA_SESSIONS_RETENTON is no option, and has no effect\n/);
    expect(server.stdout()).not.toContain('Inspector');
    expect((await fetch(`${server.url}/inspect/`)).status).toBe(404);
    expect((await fetch(`${server.url}/inspect/api/totals`)).status).toBe(404);
    expect((await server.post('/api/v1/sessions', start)).status).toBe(400); // has what is not documented
    expect(existsSync(join(server.folder, 'media-sessions.db'))).toBe(false);
    expect(existsSync(join(server.folder, 'reports.ndjson'))).toBe(true);
  });

  it('posts reports to a URL, signed, and then forgets the sessions when their retention is over', {
    tags: ['long'],
  }, async () => {
    const posted: { signature: unknown; body: string }[] = [];
    const receiver = createServer(async (req, res) => {
      posted.push({ signature: req.headers['media-sessions-signature'], body: await text(req) });
      res.end();
    });
    const reports = ['--reports', `${await listen(receiver)}/x`, '--reports-secret', 'a secret'];
    const server = await startServe(['--store', 'memory', '--retention', '0.00001', ...reports]);
    const { headers } = await server.post('/api/v1/downloaded', [start, events.play]);
    const append = async () => (await server.post(`${headers.get('location')}/events`, events.ping)).status;
    expect(await append()).toBe(410);
    await server.prints(/closed [0-9a-f]{64} downloaded/);
    expect(posted).toMatchObject([
      { signature: expect.stringMatching(/^t=\d+,sha256=/), body: expect.stringMatching(/"eventCount":2/) },
    ]);
    await eventually(async () => expect(await append()).toBe(404));
    receiver.close();
  });

  it('prints a curl line that gets a 201 when it is pasted, and where to point each SDK', async () => {
    const server = await startServe(['--store', 'memory']);
    const [, command = ''] = await server.prints(/(curl -i .*)\n/);
    const curl = spawn('sh', ['-c', `${command} --silent --show-error`]);
    expect(await text(curl.stdout)).toMatch(/^HTTP\/1\.1 201 Created\r\n/);
    const authority = new URL(server.url).host;
    expect(server.stdout()).toContain(`mediaConfig.trackingServer = '${authority}'; mediaConfig.ssl = false;`);
    expect(server.stdout()).toContain(`"mediaHeartbeat": { "server": "${authority}", "ssl": false, ... }`);
    expect(server.stdout()).toContain(`"media.collectionServer"`);
    expect(server.stdout()).toContain(`POST ${server.url}/api/v1/sessions\n`);
  });

  it.each([
    [['--port', 'http'], {}, '--port must be a whole number from 0 to 65535, not http'],
    [
      ['--reports', 'https://example.com/'],
      {},
      'posted reports are signed: set MEDIA_SESSIONS_REPORTS_SECRET, which the receiver knows too',
    ],
    [
      [],
      { MEDIA_SESSIONS_HOST: '::' },
      'on :: others can reach the inspector: set MEDIA_SESSIONS_TOKEN, or leave the inspector out with --no-inspector; see docs/serve.md',
    ],
  ])('says what is wrong with %j %j in one sentence, with exit code 2', async (args, env, message) => {
    expect(await failsToServe(args, env)).toEqual({ stdout: '', stderr: `media-sessions: ${message}\n`, code: 2 });
  });

  it('needs a token, or no inspector, where others reach it', () => {
    const settings = { host: '0.0.0.0', inspector: true, token: undefined };
    expect(() => requireGuardedInspector(settings)).toThrow(
      'on 0.0.0.0 others can reach the inspector: set MEDIA_SESSIONS_TOKEN, or leave the inspector out with --no-inspector; see docs/serve.md',
    );
    requireGuardedInspector({ ...settings, inspector: false });
    requireGuardedInspector({ ...settings, token: 'a-good-token' });
  });
});
