import { describe, expect, it } from 'vitest';
import { start as sample } from '../../../../src/testing/conformance/samples.ts';
import { eventually } from '../../../support/eventually.ts';
import { storeOfSessions } from '../../../support/inspector/large-stores.ts';
import { boxOf, chromiumIsMissing, gate, usePages } from '../../../support/inspector/pages.ts';

describe.skipIf(chromiumIsMissing())('the list of sessions on the page', { tags: ['long'] }, () => {
  const { serve, open } = usePages();

  it('holds as many sessions as were asked for, however many start, and leaves the list where it was scrolled', async () => {
    const server = await serve();
    for (let each = 0; each < 55; each++) {
      await server.start({ ...sample, params: { ...sample.params, 'media.name': `Title ${each}` } });
      server.advance(10);
    }
    const page = await open(server.page);
    await page.getByRole('option', { name: /Title 54/ }).click();
    await page.getByRole('heading', { name: 'Title 54' }).waitFor();
    const list = page.getByRole('listbox', { name: 'Sessions' });
    await list.evaluate((element) => element.scrollTo({ top: 76 * 20 }));
    const row = page.getByRole('option', { name: /Title 32/ });
    const { y } = await boxOf(row);
    for (const name of ['New 1', 'New 2', 'New 3']) {
      await server.start({ ...sample, params: { ...sample.params, 'media.name': name } });
      await eventually(async () =>
        expect(await row.getAttribute('aria-posinset')).toBe(String(24 + Number(name.at(-1)) - 1)),
      );
    }
    expect(await boxOf(row)).toMatchObject({ y });
    expect(await row.getAttribute('aria-setsize')).toBe('50');
  });

  it('looks for what was typed last, also while it was looking further for something else', async () => {
    const nameOf = (index: number) => (index === 3 ? 'The needle' : `Straw ${index}`);
    const server = await serve({ store: await storeOfSessions(2500, nameOf) });
    const page = await open(server.page);
    await page.getByRole('option', { name: /Straw 2499/ }).waitFor();
    const asked = gate();
    const released = gate();
    await page.route(/search=nowhere.*cursor=/, async (call) => {
      asked.open();
      await released.opened;
      await call.continue();
    });
    await page.getByRole('searchbox').fill('nowhere');
    await asked.opened;
    await page.getByRole('searchbox').fill('needle');
    await page.getByRole('option', { name: /The needle/ }).waitFor();
    released.open();
    await page.unrouteAll({ behavior: 'wait' });
  });

  it('starts over, once that is confirmed', async () => {
    const server = await serve();
    await server.start(sample);
    await server.post('/api/v1/sessions', '{}');
    const page = await open(server.page);
    await page.getByRole('option').first().waitFor();
    const rejected = page.getByRole('link', { name: 'Rejected calls 1' });
    await rejected.waitFor();
    await page.getByRole('button', { name: 'Start over' }).click();
    const dialog = page.getByRole('dialog', { name: 'Start over?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByRole('option').count()).toBe(1);
    server.advance(1); // what starts in the same millisecond is still shown
    await page.getByRole('button', { name: 'Start over' }).click();
    await dialog.getByRole('button', { name: 'Start over' }).click();
    await page.getByText('No sessions yet.').waitFor();
    await rejected.waitFor({ state: 'detached' }); // the count comes by a request of its own
    expect((await server.collector.sessions()).sessions).toHaveLength(1);
  });

  it('works with 10,000 sessions', async () => {
    const server = await serve({ store: await storeOfSessions(10_000) });
    const page = await open(server.page);
    await page.getByRole('option', { name: /Title 9999/ }).waitFor();
    await page.getByRole('listbox', { name: 'Sessions' }).press('End');
    await page.getByRole('button', { name: 'More' }).click();
    await eventually(async () =>
      expect(await page.getByRole('option').first().getAttribute('aria-setsize')).toBe('100'),
    );
    await page.getByRole('searchbox').fill('Title 123');
    await page.getByRole('option', { name: /Title 123\b/ }).waitFor();
  });
});
