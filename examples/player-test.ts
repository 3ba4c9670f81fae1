// An end-to-end test of a player: node --test examples/player-test.ts
// It opens the player in a browser, uses it as a viewer would, and reads the report of what it tracked.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { createCollector, type SessionReport } from 'media-sessions';
import { sessionsMiddleware } from 'media-sessions/node';
import { chromium } from 'playwright-core';

// Your own player goes here, with this server as its collection API server.
const PLAYER = `<!doctype html><title>Player</title><link rel="icon" href="data:,">
<button id="playButton">Play</button> <button id="stopButton" disabled>Stop</button>
<script type="module">
  const post = (path, eventType, playhead, params) => fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ eventType, playerTime: { playhead, ts: Date.now() }, params }),
  });
  let events;
  playButton.onclick = async () => {
    const started = await post('/api/v1/sessions', 'sessionStart', 0, {
      'media.id': 'film', 'media.name': 'A film', 'media.length': 60, 'media.contentType': 'vod',
      'media.playerName': 'Player', 'media.channel': 'Web',
    });
    events = started.headers.get('Location') + '/events';
    await post(events, 'play', 0);
    stopButton.disabled = false;
  };
  stopButton.onclick = () => post(events, 'sessionEnd', 1);
</script>`;

const rejected: string[] = [];
let deliver = (_report: SessionReport): void => {};
const delivered = new Promise<SessionReport>((resolve) => {
  deliver = resolve;
});
const collector = createCollector({
  sweepInterval: 100, // so that the report of a session is there at once
  onReject: ({ message, errors }) => rejected.push(message, ...errors.map(({ path, reason }) => `${path} ${reason}`)),
  onSessionClose: ({ report }) => deliver(report),
});
const api = sessionsMiddleware(collector);
const server = createServer((req, res) => {
  if (req.url === '/') res.setHeader('Content-Type', 'text/html').end(PLAYER);
  else api(req, res);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const port = typeof address === 'object' ? address?.port : undefined;

// Without CHROMIUM it is the browser that `npx playwright-core install chromium` installed.
const { CHROMIUM } = process.env;
const browser = await chromium.launch({ ...(CHROMIUM && { executablePath: CHROMIUM }), args: ['--no-sandbox'] });

after(async () => {
  await browser.close();
  server.close();
  await collector.close();
});

test('a viewer who plays and stops is tracked', async () => {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.getByRole('button', { name: 'Play' }).click();
  await page.getByRole('button', { name: 'Stop' }).click(); // waits until it can be clicked

  const { sessionDetails, closeReason, diagnostics } = await delivered;
  assert.equal(sessionDetails.friendlyName, 'A film');
  assert.equal(closeReason, 'sessionEnd');
  const wrong = diagnostics.filter(({ severity }) => severity !== 'info');
  assert.deepEqual(wrong, []);
  assert.deepEqual(rejected, []);
});
