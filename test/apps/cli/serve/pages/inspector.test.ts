import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AdList, SessionDetail } from '../../../../../src/inspector/api.ts';
import { endAll, type RunningServer, startServe } from '../../../../support/cli/serve.ts';
import { launch, openTab } from '../../../../support/inspector/browser.ts';
import { chromiumIsMissing } from '../../../../support/inspector/pages.ts';
import { RECORDINGS } from '../../../../support/recordings.ts';

describe.skipIf(chromiumIsMissing())('one command and a browser', { tags: ['long'] }, () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  afterEach(endAll);

  it("show what Adobe's SDK sent, what it meant, and what is wrong with it", async () => {
    const server = await startServe();
    const [, address = ''] = /^Inspector: (\S+)$/m.exec(server.stdout()) ?? [];
    const { page, complaints } = await openTab(browser, address);
    const sid = await replay(server, 'js-sdk/03-ads-chapters-all');
    const rejected = await server.post(`/api/v1/sessions/${sid}/events`, { eventType: 'adStart' });
    expect(rejected.status).toBe(400);

    await page.getByRole('option', { name: /Video Name/ }).click();
    await page.waitForURL((url) => url.hash === `#/sessions/${sid}`);
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await timeline.getByRole('button', { name: /^Ad: / }).nth(2).waitFor();
    await timeline
      .getByRole('button', { name: /^Chapter: / })
      .first()
      .waitFor();
    await page.getByRole('button', { name: /sessionDetails\.adCount/ }).waitFor();
    await page.getByRole('region', { name: 'Diagnostics' }).waitFor();
    await page.getByText('$.playerTime: Missing required field').first().waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('one command', () => {
  afterEach(endAll);

  it('lets an end-to-end test of a player assert on what was tracked', async () => {
    const server = await startServe();
    await replay(server, 'js-sdk/01-simple-vod');
    const request = async (method: string, path: string) => fetch(`${server.url}/inspect/${path}`, { method });
    const read = async (path: string) => (await request('GET', path)).json();

    expect((await request('DELETE', 'api')).status).toBe(204);
    expect(await read('api/sessions')).toEqual({ sessions: [] });
    const sid = await replay(server, 'js-sdk/03-ads-chapters-all');
    expect(await read('api/sessions')).toMatchObject({ sessions: [{ sid, mediaName: 'Video Name' }] });
    const { report } = (await read(`api/sessions/${sid}`)) as SessionDetail;
    const { ads } = (await read(`api/sessions/${sid}/ads`)) as AdList;
    expect([ads.length, ads.length > 0]).toEqual([report.sessionDetails.adCount, true]);
    expect(await read('api/totals')).toMatchObject({ rejected: 0 });
  });
});

/** Posts what the SDK posted, as if it played now; gives the id of its session. */
async function replay(server: RunningServer, name: string): Promise<string> {
  const recording = RECORDINGS.find((each) => each.name === name);
  if (recording === undefined) throw new Error(`There is no recording ${name}`);
  const bodies = recording.requests.map(({ body }) => body as { playerTime: { ts: number } }); // one event each
  const last = bodies.at(-1)?.playerTime.ts ?? 0;
  const moved = bodies.map((body) => ({
    ...body,
    playerTime: { ...body.playerTime, ts: body.playerTime.ts - last + Date.now() },
  }));
  const path = await server.start(moved[0]);
  for (const event of moved.slice(1)) expect((await server.post(`${path}/events`, event)).status).toBe(204);
  return path.split('/').at(-1) ?? '';
}
