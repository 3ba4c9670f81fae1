// Runs the built package on the Node it is started with, in plain JavaScript: node test/package/smoke.mjs
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
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
console.log(`smoke: passed on Node ${process.version}`);
