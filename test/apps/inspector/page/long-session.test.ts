import { describe, expect, it } from 'vitest';
import type { CollectorOptions } from '../../../../src/collector/options.ts';
import type { SessionDetail } from '../../../../src/inspector/api.ts';
import { eventually } from '../../../support/eventually.ts';
import { BEGAN, HOSTILE, OPEN_FOR } from '../../../support/inspector/hostile-sessions.ts';
import { storeOfLongSession } from '../../../support/inspector/large-stores.ts';
import { chromiumIsMissing, screenshots, usePages } from '../../../support/inspector/pages.ts';

describe.skipIf(chromiumIsMissing())('the page of a long session', () => {
  const { serve, open } = usePages();

  it('loads the ads of the report as one scrolls to them', { tags: ['long'] }, async () => {
    const server = await serve(await hostile('ads with long names', 3_001));
    const page = await open(`${server.page}#/sessions/hostile`);
    const ads = page.getByRole('region', { name: 'Ads', exact: true });
    const rows = ads.getByRole('listitem');
    await eventually(async () => expect(await rows.count()).toBe(100));
    await ads.getByRole('button', { name: '2,900 more' }).scrollIntoViewIfNeeded();
    await eventually(async () => expect(await rows.count()).toBeGreaterThanOrEqual(200));
    await ads.getByRole('button', { name: /ads\[150\]/ }).hover();
    await page.locator('.readout', { hasText: '0:01 = 0:01' }).waitFor();
  });

  it('shows on a closer look what was drawn together', { tags: ['long'] }, async () => {
    const server = await serve({ store: await storeOfLongSession(60_000) });
    const page = await open(`${server.page}#/sessions/long`);
    await page.getByRole('heading', { name: '60,000 events', exact: true }).waitFor();
    const pauses = page.getByRole('group', { name: 'Pauses' }).getByRole('button');
    await eventually(async () => expect(await pauses.count()).toBeGreaterThan(100));
    expect(await pauses.first().getAttribute('aria-label')).toMatch(/close together/);
    await page.locator('#events-2').click();
    for (let each = 0; each < 12; each++) await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.getByRole('button', { name: 'Pause, 0:01' }).first().waitFor();
  });

  it('loads an event that is far from the first when it is picked', { tags: ['long'] }, async () => {
    const server = await serve({ store: await storeOfLongSession(60_000) });
    const page = await open(`${server.page}#/sessions/long`);
    await page.getByRole('heading', { name: '60,000 events', exact: true }).waitFor();
    await page.getByRole('listbox', { name: 'Events in order' }).press('End');
    await page.locator('.event-detail h2', { hasText: '#59999' }).waitFor();
    await page.getByRole('region', { name: 'Event as JSON' }).getByText('"ping"').waitFor();
    await page.getByRole('listbox', { name: 'Events in order' }).press('Home');
    await page.getByRole('region', { name: 'Event as JSON' }).getByText('"sessionStart"').waitFor();
  });

  it('goes from one event of a diagnostic to the next', { tags: ['long'] }, async () => {
    const server = await serve(await hostile('everything wrong', 30));
    const page = await open(`${server.page}#/sessions/hostile`);
    const wrong = page.getByRole('listitem').filter({ hasText: 'ad-outside-break' });
    const events = new Set<string | null>();
    for (let each = 0; each < 3; each++) {
      await wrong.getByRole('button', { name: /Go to each/ }).click();
      await eventually(async () => {
        const heading = await page.locator('.event-detail h2').textContent({ timeout: 1000 });
        expect(events.has(heading)).toBe(false);
        events.add(heading);
      });
      await page.locator('.diagnostic-line', { hasText: 'ad-outside-break' }).waitFor();
    }
  });

  it('works with hundreds of thousands of events', { tags: ['long'] }, async () => {
    const server = await serve({ store: await storeOfLongSession(261_000) });
    const page = await open(`${server.page}#/sessions/long`);
    await page.getByRole('heading', { name: '261,000 events', exact: true }).waitFor();
    await page.getByRole('button', { name: /pauseCount/ }).focus();
    await page.locator('.readout', { hasText: 'from 26,099 events' }).waitFor();
    await page.screenshot({ path: `${screenshots}very-long.png` });
    const { length } = await (await fetch(`${server.page}api/sessions/long`)).text();
    expect(length).toBeLessThan(2_000_000);
  });

  it('follows a session that grows, by asking for what is new', { tags: ['long'] }, async () => {
    const server = await serve({ store: await storeOfLongSession(8_000) });
    const page = await open(`${server.page}#/sessions/long`);
    await page.getByRole('heading', { name: '8,000 events', exact: true }).waitFor();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await server.post('/api/v1/sessions/long/events', {
      eventType: 'ping',
      playerTime: { playhead: 8_000, ts: server.now() },
    });
    await page.getByRole('heading', { name: '8,001 events', exact: true }).waitFor();
    const { report } = (await (await fetch(`${server.page}api/sessions/long`)).json()) as SessionDetail;
    expect(report.eventCount).toBe(8_001);
    const ofEvents = asked.filter((url) => url.includes('/events?'));
    expect(ofEvents.filter((url) => !/from=800\d&/.test(url))).toEqual([]);
  });
});

/** The options of a server with a session that is open by its clock. */
async function hostile(name: string, count: number): Promise<CollectorOptions> {
  const store = await HOSTILE[name]?.(count);
  if (store === undefined) throw new Error(`No session is called ${name}`);
  return { store, now: () => BEGAN + OPEN_FOR / 2 };
}
