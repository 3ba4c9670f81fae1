import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync } from 'node:fs';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { events, start } from '../../../../../src/testing/conformance/samples.ts';
import { endAll, startServe, stop } from '../../../../support/cli/serve.ts';
import { eventually } from '../../../../support/eventually.ts';
import { freePorts } from '../../../../support/servers/ports.ts';

afterEach(endAll);

const evil = '\u001b[2J\u009b31m\r\nforged line\u2028\u202e\u{e0001}\u0000';
const hostile = {
  ...start,
  params: { ...start.params, 'media.name': evil, 'media.playerName': evil, 'media.id': evil },
};

describe('the log of media-sessions serve', () => {
  it('has a line for a session that starts, one for its close and one for a call that is rejected', async () => {
    const server = await startServe(['--store', 'memory']);
    const named = { ...start, params: { ...start.params, 'media.name': 'A film', 'media.playerName': 'Web' } };
    const [sid] = (await server.start(named)).split('/').slice(4);
    await server.post(`/api/v1/sessions/${sid}/events`, { eventType: 'pong' });
    await server.post('/api/v1/sessions', '{');
    await server.post('/v1/sessions', start);
    await server.post('/api/v1/downloaded', [start, events.play, events.sessionEnd]);
    await server.prints(/started .* 3 events/);
    expect(await stop(server)).toBe(0); // which closes the downloaded session before its turn
    const closed = /Z closed (.*)\n/.exec(server.stdout())?.[1];
    const lines = server
      .stdout()
      .split('\n')
      .filter((line) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ /.test(line));
    expect(lines.map((line) => line.replace(/^\S+ /, '').replace(/[0-9a-f]{64}/g, '<sid>'))).toEqual([
      'started <sid> vod, A film, on Web',
      expect.stringMatching(
        /^rejected 400 POST \/api\/v1\/sessions\/<sid>\/events: \$\.eventType Got "pong", expected one of sessionStart, .*; \$\.playerTime Missing required field \(no known event\)$/,
      ),
      expect.stringMatching(/^rejected 400 POST \/api\/v1\/sessions: \$ Expected JSON: /),
      expect.stringMatching(/^rejected 404 POST \/v1\/sessions: Nothing is here. The endpoints are: /),
      'started <sid> vod, id-1, 3 events',
      expect.stringMatching(/^stopping \(SIGTERM\)/),
      expect.stringMatching(
        /^closed <sid> downloaded after 0:00, 3 events, played 0:00, (no errors or warnings|diagnostics)/,
      ),
      'open sessions lost with the memory they were in: 1',
      'stopped',
    ]);
    expect(lines.filter((line) => line.includes(`started ${sid} `))).toHaveLength(1);
    expect(closed).not.toContain(sid);
  });

  it('says the same as JSON', async () => {
    const server = await startServe(['--store', 'memory', '--log', 'json']);
    const [sid] = (await server.start()).split('/').slice(4);
    await server.post(`/api/v1/sessions/${sid}/events`, { eventType: 'ping' });
    await server.post('/api/v1/downloaded', [start, events.play]);
    await server.prints(/"events":2/);
    expect(await stop(server)).toBe(0); // which closes the downloaded session before its turn
    const lines = server
      .stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { level: 'info', msg: 'listening', url: server.url, store: 'memory', inspector: `${server.url}/inspect/` },
      { level: 'info', msg: 'session started', sid, mediaId: 'id-1', name: 'A film', contentType: 'vod', events: 1 },
      {
        level: 'warn',
        msg: 'call rejected',
        status: 400,
        code: 'missing-field',
        method: 'POST',
        path: `/api/v1/sessions/${sid}/events`,
        reasons: ['$.playerTime Missing required field'],
      },
      { msg: 'session started', events: 2 },
      { level: 'info', msg: expect.stringMatching(/^stopping/), signal: 'SIGTERM' },
      {
        level: 'info',
        msg: 'session closed',
        reason: 'downloaded',
        seconds: 0,
        events: 2,
        timePlayed: 0,
        diagnostics: expect.any(Array),
      },
      { level: 'warn', msg: expect.stringMatching(/^open sessions lost/), open: 1 },
      { level: 'info', msg: 'stopped' },
    ]);
    expect(lines.every(({ time }) => new Date(time).toISOString() === time)).toBe(true);
  });

  it('names a player of the heartbeat protocol, as of Roku, rather than sending it to the inspector', async () => {
    const server = await startServe(['--store', 'memory']);
    for (const query of ['s:event:type=play&l:event:playhead=0', 'l%3Aasset%3Alength=60&s%3Aevent%3Atype=start']) {
      expect((await fetch(`${server.url}/?${query}`, { redirect: 'manual' })).status).toBe(404);
    }
    await server.prints(
      /Z rejected a heartbeat: the older SDK for Roku, .* another protocol .*; see docs\/players\.md#roku/,
    );
    expect(server.stdout()).not.toContain('Chromecast, Roku');
    expect((await fetch(`${server.url}/?utm=s:event`, { redirect: 'manual' })).status).toBe(302);
  });

  it('says what to do about a player that speaks TLS, and nothing of other noise', async () => {
    const server = await startServe(['--store', 'memory']);
    await expect(fetch(server.url.replace('http:', 'https:'))).rejects.toThrow('fetch failed');
    await server.prints(/Z rejected a TLS connection: this port speaks plain HTTP; set ssl = false .*\n/);
    const noise = connect(Number(new URL(server.url).port), '127.0.0.1').resume();
    await once(noise.end('noise\r\n\r\n'), 'close');
    await server.post('/api/v1/sessions', 'last');
    await server.prints(/last/);
    expect(server.stdout().match(/Z rejected/g)).toHaveLength(2);
  });

  it.each(['text', 'json'])('is one line each in %s, whatever clients send', async (format) => {
    const server = await startServe(['--store', 'memory', '--log', format]);
    const before = server.stdout().length;
    await server.start(hostile);
    await server.post('/api/v1/sessions', { ...hostile, [evil]: 1, eventType: evil });
    await server.post('/api/v1/sessions', { ...hostile, playerTime: { [evil]: evil } });
    await server.post('/api/v1/sessions', evil);
    await server.post(`/api/v1/sessions/${encodeURIComponent(evil)}/events`, events.play);
    await server.post('/api/v1/sessions', 'last');
    await server.prints(/last/);
    const added = server.stdout().slice(before);
    expect(added.trim().split('\n')).toHaveLength(6);
    expect(added).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Zl}|\p{Zp}/u);
    expect(added).not.toMatch(/^forged/m);
    if (format === 'json') {
      const [first] = added.split('\n').map((line) => line && JSON.parse(line));
      expect(first).toMatchObject({ msg: 'session started', name: evil, player: evil, mediaId: evil });
    }
  });

  it('bounds what a client can have it say', async () => {
    const server = await startServe(['--store', 'memory']);
    const long = 'x'.repeat(100_000);
    await server.start({ ...start, params: { ...start.params, 'media.name': long } });
    await server.post('/api/v1/sessions', { [long]: 1 });
    await server.post(`/api/v1/sessions/${long.slice(0, 10_000)}/events`, events.play);
    await server.prints(/rejected 404.*\n/);
    expect(
      server
        .stdout()
        .split('\n')
        .filter((line) => /Z (started|rejected)/.test(line) && line.length > 600),
    ).toEqual([]);
  });

  it('has a line a second for a flood of refusals, with their count', async () => {
    const server = await startServe(['--store', 'memory']);
    for (let round = 0; round < 10; round++) {
      await Promise.all(Array.from({ length: 50 }, () => server.post('/api/v1/sessions', '{')));
    }
    expect(await stop(server)).toBe(0);
    const lines = server.stdout().match(/^.*Z .*rejected 400.*$/gm) ?? [];
    const counted = lines.map((line) => Number(/Z (\d+) in a second, the last: rejected/.exec(line)?.[1] ?? 1));
    expect(counted.filter((count) => count === 1)).toHaveLength(10);
    expect(counted.reduce((sum, count) => sum + count)).toBe(500);
  });

  it('serves on when nobody reads it any more', async () => {
    const server = await startServe(['--store', 'memory']);
    server.child.stdout?.destroy();
    for (let start = 0; start < 5; start++) await server.start();
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it.runIf(existsSync('/dev/full')).each(['text', 'json'])(
    'may fill its disk: the server serves on, and stops in order (%s)',
    async (format) => {
      const [port] = await freePorts(1);
      const child = spawn('dist/cli.js', ['serve', '--store', 'memory', '--log', format, '--port', `${port}`], {
        stdio: ['ignore', openSync('/dev/full', 'w'), 'inherit'],
      });
      const exit = once(child, 'exit');
      try {
        await eventually(() => fetch(`http://127.0.0.1:${port}/healthz`));
        for (let call = 0; call < 5; call++) {
          const response = await fetch(`http://127.0.0.1:${port}/api/v1/sessions`, { method: 'POST', body: '{}' });
          expect(response.status).toBe(400);
        }
      } finally {
        child.kill();
      }
      expect(await exit).toEqual([0, null]);
    },
  );
});
