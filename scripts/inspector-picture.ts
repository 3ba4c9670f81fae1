/** Takes the picture of the README, with sessions of both APIs: `node scripts/inspector-picture.ts`, once the page is built. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MediaEvent } from '../src/wire/events.ts';
import { sidIn } from '../test/support/edge-recordings.ts';
import { toXdm } from '../test/support/edge-translation.ts';
import { launch, openTab } from '../test/support/inspector/browser.ts';
import { inspectedServer } from '../test/support/inspector/inspected-server.ts';
import { type Playback, play, recording, timeline } from '../test/support/inspector/playback.ts';

const path = fileURLToPath(new URL('../docs/inspector.png', import.meta.url));

const server = await inspectedServer({ edge: true });
const browser = await launch();
try {
  server.advance(-40 * 60_000);
  const show = (name: string, player: string, visitor: string) => ({
    params: { 'media.name': name, 'media.playerName': player, 'visitor.marketingCloudUserId': visitor },
  });
  await play(server, recording('03-ads-chapters-all'), show('The Long Field', 'web-player', '7301'));
  server.advance(9 * 60_000);
  await play(server, recording('01-simple-vod'), show('Twelve Stones', 'web-player', '5120'));
  server.advance(11 * 60_000);
  await play(server, recording('05-buffer-seek-bitrate-error-states'), show('Harbour Lights', 'tv-app', '2268'));
  server.advance(Date.now() - server.now() - 200_000);
  await play(server, timeline(3), show('Harbour Lights', 'phone-app', '6094'));
  const sid = await playByEdge(timeline(1), show('Night Ferry, episode 4', 'web-player', '4417').params);
  server.advance(Date.now() - server.now());
  await postByEdge('adStart', {
    xdm: { eventType: 'media.adStart', mediaCollection: { sessionID: sid, playhead: 44 } },
  });

  const { page } = await openTab(browser, `${server.page}#/sessions/${sid}`, {
    viewport: { width: 1280, height: 780 },
    deviceScaleFactor: 1.25,
  });
  const events = page.getByRole('listbox', { name: 'Events in order' });
  await events.getByText('sessionStart').hover();
  await page.mouse.wheel(0, 10_000); // rows that are out of sight are not there
  await events.getByText('pauseStart').click();
  await page.getByRole('button', { name: /sessionDetails\.timePlayed/ }).hover();
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path });
} finally {
  await browser.close();
  await server.stop();
}

/** Plays a session by the Media Edge API as if it began now. Gives its id. */
async function playByEdge(events: Playback, params: Readonly<Record<string, unknown>>): Promise<string> {
  const [start] = events;
  const began = start?.playerTime.ts ?? 0;
  const shift = server.now() - began;
  let sid: string | undefined;
  let at = began;
  for (const event of events) {
    const { playhead, ts } = event.playerTime;
    server.advance(Math.max(0, ts - at));
    at = ts;
    const more = event === start ? { params: { ...event.params, ...params } } : {};
    const sent = { ...event, ...more, playerTime: { playhead, ts: Math.round(ts + shift) } } as MediaEvent; // as documented
    const answer = await postByEdge(event.eventType, toXdm(sent, sid));
    sid ??= sidIn(answer);
  }
  return sid ?? '';
}

async function postByEdge(type: string, element: object): Promise<string> {
  const answer = await server.post(`/ee/va/v1/${type}?configId=demo`, { events: [element] });
  return answer.text();
}
