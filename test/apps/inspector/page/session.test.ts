import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { start as sample } from '../../../../src/testing/conformance/samples.ts';
import { eventually } from '../../../support/eventually.ts';
import { storeOfLongSession } from '../../../support/inspector/large-stores.ts';
import { boxOf, chromiumIsMissing, screenshots, usePages } from '../../../support/inspector/pages.ts';
import { play, timeline } from '../../../support/inspector/playback.ts';

describe.skipIf(chromiumIsMissing())('the page of a session', { tags: ['long'] }, () => {
  const { serve, open } = usePages();

  it('shows on the timeline what made a number, when it is pointed at or focused', async () => {
    const server = await serve();
    const sid = await play(server, timeline(1));
    const page = await open(`${server.page}#/sessions/${sid}`);
    const pause = await boxOf(page.getByRole('button', { name: 'Pause, 0:10' }));
    const paused = page.getByRole('button', { name: /sessionDetails\.pauseTime/ });
    await paused.hover();
    const band = await boxOf(page.locator('.band'));
    expect(band.x).toBeCloseTo(pause.x, -1);
    expect(band.width).toBeCloseTo(pause.width, -1);
    await page.getByText('Time in pause 0:10').waitFor();

    await page.getByRole('button', { name: /sessionDetails\.adCount/ }).focus();
    await page.mouse.move(640, 40);
    await eventually(async () => expect(await page.locator('.front .line').count()).toBe(3));
    await page.screenshot({ path: `${screenshots}explained.png` });
  });

  it('zooms with its buttons at the picked event', async () => {
    const server = await serve();
    const sid = await play(server, timeline(1));
    const page = await open(`${server.page}#/sessions/${sid}`);
    await page.locator('#events-2').click();
    for (let each = 0; each < 4; each++) await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.getByRole('option', { name: /^adStart at 0:00/ }).waitFor();
  });

  it('follows a live session from its start, but not away from a picked event', async () => {
    const server = await serve();
    const sid = await server.start(sample);
    const page = await open(`${server.page}#/sessions/${sid}`);
    const list = page.getByRole('listbox', { name: 'Events in order' });
    const more = async (count: number) => {
      for (let each = 0; each < count; each++) {
        await server.post(`/api/v1/sessions/${sid}/events`, {
          eventType: 'ping',
          playerTime: { playhead: 1, ts: server.now() },
        });
      }
    };
    await page.getByRole('heading', { name: '1 event', exact: true }).waitFor();
    await more(40);
    await list.locator('#events-40').waitFor();
    await eventually(async () => expect(await scrollLeft(list)).toBe(0));
    await list.locator('#events-35').click();
    await more(40);
    await page.getByRole('heading', { name: '81 events' }).waitFor();
    expect(await scrollLeft(list)).toBeGreaterThan(500);
    expect(await list.locator('#events-35').getAttribute('aria-selected')).toBe('true');
  });

  it('says in the title of the tab what is seen, and the zone of its times', async () => {
    const server = await serve();
    const sid = await play(server, timeline(1), { params: { 'media.name': 'Night Ferry' } });
    const page = await open(server.page, { timezoneId: 'Asia/Kolkata' });
    await page.getByText('Times are those of your zone, GMT+5:30.').waitFor();
    await eventually(async () => expect(await page.title()).toBe('Sessions inspector'));
    await page.goto(`${server.page}#/sessions/${sid}`);
    await eventually(async () => expect(await page.title()).toBe('Night Ferry – Sessions inspector'));
    const started = page.locator('.facts time').first();
    expect(await started.getAttribute('title')).toMatch(/ GMT\+5:30$/);
    const startedAt = (await server.collector.session(sid))?.startedAt ?? 0;
    expect(await started.getAttribute('datetime')).toBe(new Date(startedAt).toISOString());
  });

  it('works with a session of 20,000 events', async () => {
    const server = await serve({ store: await storeOfLongSession(20_000) });
    const page = await open(`${server.page}#/sessions/long`);
    await page.getByRole('heading', { name: '20,000 events', exact: true }).waitFor();
    await page.getByRole('group', { name: 'Pauses' }).waitFor();
    await page.getByRole('listbox', { name: 'Events in order' }).press('End');
    await page.locator('.event-detail h2', { hasText: '#19999' }).waitFor();
    await page.getByRole('button', { name: /pauseCount/ }).focus();
    await page.locator('.front .line:not(.picked)').first().waitFor({ state: 'attached' });
    await page.screenshot({ path: `${screenshots}long.png` });
  });
});

/** Pixels that a list may still be scrolled down. */
function scrollLeft(list: Locator): Promise<number> {
  return list.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);
}
