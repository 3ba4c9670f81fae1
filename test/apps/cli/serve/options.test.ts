import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { events, start } from '../../../../src/testing/conformance/samples.ts';
import { type Environment, endAll, failsToServe, runServe, startServe, stop } from '../../../support/cli/serve.ts';
import { listen } from '../../../support/hosts/serve-host.ts';
import { freePorts } from '../../../support/servers/ports.ts';

afterEach(endAll);

/** Both ways to say an option: its flag, and its environment variable. */
function bothWays(flag: string, variable: string, value: string): [string, string[], Environment][] {
  return [
    [`--${flag}`, [`--${flag}`, value], {}],
    [variable, [], { [variable]: value }],
  ];
}

describe('media-sessions serve', () => {
  it('keeps sessions in a SQLite file of the working directory, on the loopback address', async () => {
    const server = await startServe();
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await server.start();
    expect(existsSync(join(server.folder, 'media-sessions.db'))).toBe(true);
    expect(server.stdout()).toContain('sessions kept in sqlite:media-sessions.db');
    expect(await stop(server)).toBe(0);
    expect(server.stderr()).toBe('');
  });

  it.each(bothWays('host', 'MEDIA_SESSIONS_HOST', '[::1]'))('listens where %s says', async (_, args, env) => {
    const server = await startServe(args, env);
    expect(server.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    await server.start();
  });

  it.each([
    ...bothWays('port', 'MEDIA_SESSIONS_PORT', ''),
    ...bothWays('port', 'PORT', '').slice(1),
    ['--port rather than PORT', ['--port', ''], { PORT: '1' }],
    ['MEDIA_SESSIONS_PORT rather than PORT', [], { MEDIA_SESSIONS_PORT: '', PORT: '1' }],
    ['PORT beside what Kubernetes makes of a service', [], { MEDIA_SESSIONS_PORT: 'tcp://10.0.0.1:80', PORT: '' }],
  ] as [string, string[], Environment][])('listens on the port of %s', async (_, args, env) => {
    const [port = 0] = await freePorts(1);
    const given = (value: string) => (value === '' ? String(port) : value);
    const variables = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, given(value)]));
    const server = await startServe(args.map(given), variables);
    expect(server.url).toBe(`http://127.0.0.1:${port}`);
  });

  it.each([...bothWays('store', 'MEDIA_SESSIONS_STORE', 'memory')])('takes the store of %s', async (_, args, env) => {
    const server = await startServe(args, env);
    await server.start();
    expect(server.stdout()).toContain('sessions kept in memory\n');
    expect(existsSync(join(server.folder, 'media-sessions.db'))).toBe(false);
  });

  it.each(bothWays('retention', 'MEDIA_SESSIONS_RETENTION', '0.00001'))(
    'forgets a closed session after the days of %s',
    async (_, args, env) => {
      const server = await startServe(args, env);
      const ended = [start, { ...start, eventType: 'sessionEnd' }];
      const { headers } = await server.post('/api/v1/sessions', ended);
      const events = `${headers.get('location')}/events`;
      expect((await server.post(events, { ...start, eventType: 'play' })).status).toBe(410);
      await vi.waitFor(
        async () => expect((await server.post(events, { ...start, eventType: 'play' })).status).toBe(404),
        { timeout: 20_000, interval: 500 },
      );
    },
  );

  it('takes the file that a store names', async () => {
    const server = await startServe(['--store', 'sqlite:other.db']);
    expect(existsSync(join(server.folder, 'other.db'))).toBe(true);
  });

  it.each([...bothWays('validation', 'MEDIA_SESSIONS_VALIDATION', 'strict')])(
    'checks as closely as %s says',
    async (_, args, env) => {
      const server = await startServe(args, env);
      expect((await server.post('/api/v1/sessions', start)).status).toBe(400);
    },
  );

  it.each([...bothWays('reports', 'MEDIA_SESSIONS_REPORTS', 'reports.ndjson')])(
    'writes reports to the file of %s',
    async (_, args, env) => {
      const server = await startServe(args, env);
      await server.post('/api/v1/downloaded', [start, events.play]);
      await server.prints(/closed [0-9a-f]{64} downloaded/);
      expect(existsSync(join(server.folder, 'reports.ndjson'))).toBe(true);
    },
  );

  it.skipIf(process.platform === 'win32')('starts with a pipe for reports that nobody reads yet', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pipe-'));
    const pipe = join(folder, 'reports');
    execFileSync('mkfifo', [pipe]);
    await startServe(['--store', 'memory', '--reports', pipe]);
    rmSync(folder, { recursive: true });
  });

  it.each([...bothWays('reports-secret', 'MEDIA_SESSIONS_REPORTS_SECRET', 'a secret')])(
    'posts reports to a URL, signed with %s',
    async (_, args, env) => {
      const posted: { signature: unknown; body: string }[] = [];
      const receiver = createServer(async (req, res) => {
        posted.push({ signature: req.headers['media-sessions-signature'], body: await text(req) });
        res.end();
      });
      const server = await startServe(['--reports', `${await listen(receiver)}/x`, ...args], env);
      await server.post('/api/v1/downloaded', [start, events.play]);
      await server.prints(/closed [0-9a-f]{64} downloaded/);
      expect(posted).toMatchObject([
        { signature: expect.stringMatching(/^t=\d+,sha256=/), body: expect.stringMatching(/"eventCount":2/) },
      ]);
      receiver.close();
    },
  );

  it.each([
    ['--no-inspector', ['--no-inspector'], {}, 404],
    ['--inspector', ['--inspector'], { MEDIA_SESSIONS_INSPECTOR: 'false' }, 200],
    ['MEDIA_SESSIONS_INSPECTOR=false', [], { MEDIA_SESSIONS_INSPECTOR: 'false' }, 404],
    ['MEDIA_SESSIONS_INSPECTOR=true', [], { MEDIA_SESSIONS_INSPECTOR: 'true' }, 200],
    ['an empty MEDIA_SESSIONS_INSPECTOR', [], { MEDIA_SESSIONS_INSPECTOR: '' }, 200],
  ] as [string, string[], Environment, number][])(
    'serves the inspector or does not, as %s says',
    async (_, args, env, status) => {
      const server = await startServe(args, env);
      expect((await fetch(`${server.url}/inspect/`)).status).toBe(status);
      expect((await fetch(`${server.url}/inspect/api/totals`)).status).toBe(status);
      expect(/Inspector: http.*\/inspect\/\n/.test(server.stdout())).toBe(status === 200);
    },
  );

  it.each([...bothWays('token', 'MEDIA_SESSIONS_TOKEN', 'a-good-token')])(
    'asks for the token of %s, and never prints it',
    async (_, args, env) => {
      const server = await startServe(args, env);
      const ask = (authorization: string) =>
        fetch(`${server.url}/metrics`, { headers: { authorization } }).then(({ status }) => status);
      expect([await ask('Bearer a-good-token'), await ask('Bearer a-bad-token')]).toEqual([200, 401]);
      expect(server.stdout() + server.stderr()).not.toContain('a-good-token');
    },
  );

  it.each([...bothWays('log', 'MEDIA_SESSIONS_LOG', 'json')])('logs as %s says', async (_, args, env) => {
    const server = await startServe(args, env);
    await server.start();
    await server.prints(/session started.*\n/);
    const lines = server.stdout().trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['listening', 'session started']);
  });

  it.each([...bothWays('shutdown-timeout', 'MEDIA_SESSIONS_SHUTDOWN_TIMEOUT', '1')])(
    'takes no longer to stop than %s says',
    async (_, args, env) => {
      const receiver = createServer(() => {}); // never answers
      const reports = ['--reports', await listen(receiver), '--reports-secret', 'a good secret'];
      const server = await startServe([...reports, ...args], env);
      await server.post('/api/v1/downloaded', [start]);
      const from = performance.now();
      expect(await stop(server)).toBe(0);
      expect(performance.now() - from).toBeLessThan(6_000);
      expect(server.stdout()).toMatch(/failed stop: closes were still being delivered/);
      receiver.closeAllConnections();
      receiver.close();
    },
  );

  it('is not what a variable of another name sets, and the log says so', async () => {
    const server = await startServe(['--store', 'memory'], {
      MEDIA_SESSIONS_RETENTON: '3',
      MEDIA_SESSIONS_SERVICE_HOST: '10.0.0.1', // these are given by Kubernetes
      MEDIA_SESSIONS_PORT_8080_TCP_ADDR: '10.0.0.1',
      MEDIA_SESSIONS_COLLECTOR_SERVICE_PORT_HTTP: '80',
    });
    await server.prints(/MEDIA_SESSIONS_RETENTON is no option, and has no effect\n/);
    expect(server.stdout().match(/is no option/g)).toHaveLength(1);
  });

  it('is described with every flag and variable by --help', async () => {
    const { stdout, stderr, code } = await failsToServe(['--help', '--port', '1']);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    for (const name of [
      'HOST',
      'PORT',
      'STORE',
      'RETENTION',
      'VALIDATION',
      'REPORTS',
      'REPORTS_SECRET',
      'INSPECTOR',
      'TOKEN',
    ]) {
      expect(stdout).toContain(`MEDIA_SESSIONS_${name}`);
    }
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
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
});

describe('media-sessions serve with wrong options', () => {
  it.each([
    [['--prot', '1'], {}, "Unknown option '--prot'; media-sessions serve --help lists the options"],
    [['8080'], {}, /^Unexpected argument '8080'; media-sessions serve --help lists the options$/],
    [['--port'], {}, "Option '--port <value>' argument missing; media-sessions serve --help lists the options"],
    [['--port', 'http'], {}, '--port must be a whole number from 0 to 65535, not http'],
    [['--port', '65536'], {}, '--port must be a whole number from 0 to 65535, not 65536'],
    [['--port', ''], {}, "--port must be a whole number from 0 to 65535, not ''"],
    [[], { PORT: '-1' }, 'PORT must be a whole number from 0 to 65535, not -1'],
    [[], { MEDIA_SESSIONS_PORT: 'x' }, 'MEDIA_SESSIONS_PORT must be a whole number from 0 to 65535, not x'],
    [['--host', '[]'], {}, '--host must be a host name or an IP address, not []'],
    [['--retention', '0'], {}, '--retention must be a number of days above 0, such as 30 or 0.5, not 0'],
    [
      [],
      { MEDIA_SESSIONS_RETENTION: '30d' },
      'MEDIA_SESSIONS_RETENTION must be a number of days above 0, such as 30 or 0.5, not 30d',
    ],
    [['--validation', 'lax'], {}, '--validation must be standard or strict, not lax'],
    [['--log', 'xml'], {}, '--log must be text or json, not xml'],
    [[], { MEDIA_SESSIONS_INSPECTOR: 'no' }, 'MEDIA_SESSIONS_INSPECTOR must be true or false, not no'],
    [['--shutdown-timeout', '1h'], {}, '--shutdown-timeout must be a whole number of seconds from 0 to 3600, not 1h'],
    [['--token', 'short'], {}, '--token must be 8 or more letters, digits and signs of ASCII, without spaces'],
    ...['mysql://root:secret@localhost/db', 'sqlite:', 'sqlite://file.db', 'sessions.db', 'redis'].map(
      (store): [string[], Environment, string] => [
        ['--store', store],
        {},
        '--store must be memory, sqlite:FILE, redis://HOST:PORT or postgres://USER@HOST/NAME',
      ],
    ),
    ...['ftp://host/x', 'https://user:secret@host/x', 'http://'].map((reports): [string[], Environment, string] => [
      ['--reports', reports],
      {},
      '--reports must be a file, or an http or https URL without a user or password',
    ]),
    [
      ['--reports', 'https://example.com/'],
      {},
      'posted reports are signed: set MEDIA_SESSIONS_REPORTS_SECRET, which the receiver knows too',
    ],
    [['--reports-secret', 'secret'], {}, '--reports-secret must be 8 or more characters'],
    ...[[], ['--reports', 'reports.ndjson']].map((reports): [string[], Environment, string] => [
      reports,
      { MEDIA_SESSIONS_REPORTS_SECRET: 'a good secret' },
      'a secret signs posted reports: give --reports a URL, or leave the secret out',
    ]),
    [
      ['--host', '0.0.0.0'],
      {},
      'on 0.0.0.0 others can reach the inspector: set MEDIA_SESSIONS_TOKEN, or leave the inspector out with --no-inspector',
    ],
    [
      [],
      { MEDIA_SESSIONS_HOST: '::' },
      'on :: others can reach the inspector: set MEDIA_SESSIONS_TOKEN, or leave the inspector out with --no-inspector',
    ],
  ] as [string[], Environment, string | RegExp][])(
    'says what is wrong with %j %j in one sentence, with exit code 2',
    async (args, env, message) => {
      const { stdout, stderr, code } = await failsToServe(args, env);
      expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
      const [, said] = /^media-sessions: (.*)\n$/.exec(stderr) ?? [];
      if (typeof message === 'string') expect(said).toBe(message);
      else expect(said).toMatch(message);
    },
  );

  it('starts on every address without the inspector, or with a token', async () => {
    for (const args of [['--no-inspector'], ['--token', 'a-good-token']]) {
      const server = runServe(['--host', '0.0.0.0', '--port', '0', '--store', 'memory', ...args]);
      await server.prints(/curl -i/);
      expect(await stop(server)).toBe(0);
    }
  });
});
