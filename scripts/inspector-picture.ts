/** Takes the picture of the README: `node scripts/inspector-picture.ts`, once the page is built. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch, openTab } from '../test/support/inspector/browser.ts';
import { inspectedServer } from '../test/support/inspector/inspected-server.ts';
import { play, recording, timeline } from '../test/support/inspector/playback.ts';

const path = fileURLToPath(new URL('../docs/inspector.png', import.meta.url));

const server = await inspectedServer();
const browser = await launch();
try {
  server.advance(-40 * 60_000);
  const show = (name: string, player: string, visitor: string) => ({
    params: { 'media.name': name, 'media.playerName': player, 'visitor.marketingCloudUserId': visitor },
  });
  await play(server, recording('03-ads-chapters-all'), show('The Long Field, part 2', 'web-player', '7301'));
  server.advance(9 * 60_000);
  await play(server, recording('01-simple-vod'), show('Twelve Stones', 'web-player', '5120'));
  server.advance(11 * 60_000);
  await play(server, recording('05-buffer-seek-bitrate-error-states'), show('Harbour Lights', 'tv-app', '2268'));
  server.advance(Date.now() - server.now() - 200_000);
  await play(server, timeline(3), show('Harbour Lights', 'phone-app', '6094'));
  const sid = await play(server, timeline(1), show('Night Ferry, episode 4', 'web-player', '4417'));
  server.advance(Date.now() - server.now());
  await server.post(`/api/v1/sessions/${sid}/events`, { eventType: 'adStart', playerTime: { playhead: 44 } });

  const { page } = await openTab(browser, `${server.page}#/sessions/${sid}`, {
    viewport: { width: 1280, height: 780 },
    deviceScaleFactor: 1.25,
  });
  await page.getByRole('listbox', { name: 'Events in order' }).getByText('pauseStart').click();
  await page.getByRole('button', { name: /sessionDetails\.timePlayed/ }).hover();
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path });
} finally {
  await browser.close();
  await server.stop();
}
