// Runs the built package on the Node it is started with, in plain JavaScript: node test/package/smoke.mjs
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCollector, sessionReport } from 'media-sessions';
import { sessionsMiddleware } from 'media-sessions/node';

const start = {
  eventType: 'sessionStart',
  playerTime: { playhead: 0, ts: 0 },
  params: { 'media.id': 'id', 'media.contentType': 'vod', 'media.length': 60 },
};
const closed = [];
const collector = createCollector({ onSessionClose: ({ session }) => closed.push(session.sid) });
const server = createServer(sessionsMiddleware(collector));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}`;
const post = (path, body) => fetch(url + path, { method: 'POST', body: JSON.stringify(body) });

const started = await post('/api/v1/sessions', start);
assert.equal(started.status, 201);
const location = started.headers.get('location');
const ping = { eventType: 'ping', playerTime: { playhead: 1, ts: 1000 } };
assert.equal((await post(`${location}/events`, ping)).status, 204);
assert.equal((await post(`${location}/events`, {})).status, 400);
assert.equal((await post('/api/v1/downloaded', [start, ping])).status, 201);
assert.equal((await fetch(`${url}/api/v1/schemas/ping`)).status, 200);

const sid = location.split('/')[4];
assert.equal((await collector.events(sid)).length, 2);
assert.equal(typeof sessionReport, 'function');
server.close();
server.closeAllConnections();
await collector.close();
assert.equal(closed.length, 1);

const required = createRequire(import.meta.url)('media-sessions');
assert.equal(required.createCollector, createCollector);
// The command line, from the package as it is published and with none of its packages beside it.
const folder = mkdtempSync(join(tmpdir(), 'smoke-'));
const root = new URL('../..', import.meta.url).pathname;
const [{ filename }] = JSON.parse(
  execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { cwd: root }),
);
execFileSync('tar', ['-xzf', filename], { cwd: folder });
for (const log of ['text', 'json']) {
  const cli = spawn(process.execPath, ['package/dist/cli.js', 'serve', '--port', '0', '--log', log], { cwd: folder });
  let output = '';
  for (const stream of [cli.stdout, cli.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  while (!/http:\/\/127\.0\.0\.1:\d+/.test(output)) await Promise.race([once(cli.stdout, 'data'), once(cli, 'exit')]);
  const [served] = /http:\/\/127\.0\.0\.1:\d+/.exec(output);
  const answer = await fetch(`${served}/api/v1/sessions`, { method: 'POST', body: JSON.stringify(start) });
  assert.equal(answer.status, 201);
  assert.match(await (await fetch(`${served}/metrics`)).text(), /requests_total\{route="sessions",status="201"\} 1\n/);
  assert.equal((await fetch(`${served}/healthz`)).status, 200);
  assert.equal((await fetch(`${served}/inspect/`)).status, 200);
  const exited = once(cli, 'exit');
  cli.kill('SIGTERM');
  assert.deepEqual(await exited, [0, null]);
  assert.match(output, new RegExp(answer.headers.get('location').split('/')[4]));
}
rmSync(folder, { recursive: true });
console.log(`smoke: passed on Node ${process.version}`);
