import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../support/eventually.ts';
import { chromiumIsMissing, usePages } from '../../../support/inspector/pages.ts';
import { play, timeline } from '../../../support/inspector/playback.ts';

describe.skipIf(chromiumIsMissing())('the page by the keyboard', { tags: ['long'] }, () => {
  const { serve, open } = usePages();

  it('is led by the keyboard', async () => {
    const server = await serve();
    await play(server, timeline(1), { params: { 'media.name': 'Older' } });
    const sid = await play(server, timeline(2), { params: { 'media.name': 'Newer' } });
    const page = await open(server.page);
    await page.getByRole('option').nth(1).waitFor();
    await page.keyboard.press('j');
    const selected = page.locator('#sessions [aria-selected="true"]');
    await selected.filter({ hasText: 'Newer' }).waitFor();
    await page.keyboard.press('j');
    await selected.filter({ hasText: 'Older' }).waitFor();
    await page.keyboard.press('k');
    await selected.filter({ hasText: 'Newer' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Newer' }).waitFor();
    await page.waitForURL((url) => url.hash.includes(sid));

    await page.locator('body').press('Tab');
    const events = page.getByRole('listbox', { name: 'Events in order' });
    await events.getByRole('option').first().waitFor();
    await events.focus();
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    const picked = page.getByRole('region', { name: 'Picked event' });
    await picked.getByText('#1', { exact: true }).waitFor();
    await page.getByRole('listbox', { name: 'Events on the timeline' }).focus();
    await page.keyboard.press('ArrowRight');
    await picked.getByText('#2', { exact: true }).waitFor();
    expect(await focusRing(page)).not.toBe('none');

    await page.keyboard.press('Escape');
    await picked.getByText('Pick an event').waitFor();
    await page.keyboard.press('Escape');
    await eventually(() => expect(page.url()).toBe(`${server.page}#/`));
    await page.keyboard.press('/');
    await page.keyboard.type('older');
    await eventually(async () => expect(await page.getByRole('option').count()).toBe(1));
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keys' });
    await help.waitFor();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'hidden' });
    await page.goBack();
    await page.getByRole('heading', { name: 'Newer' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Newer' }).waitFor();
  });

  it('leaves the arrows to what scrolls with them', async () => {
    const server = await serve();
    const sid = await play(server, timeline(1));
    const page = await open(`${server.page}#/sessions/${sid}`);
    await page.locator('#events-0').click();
    const json = page.getByRole('region', { name: 'Event as JSON' });
    await json.focus();
    await page.keyboard.press('ArrowDown');
    expect(await json.evaluate((element) => element.matches(':focus'))).toBe(true);
    await page.keyboard.press('j');
    await page.getByRole('region', { name: 'Picked event' }).getByText('#1', { exact: true }).waitFor();
  });
});

function focusRing(page: Page): Promise<string> {
  return page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle');
}
