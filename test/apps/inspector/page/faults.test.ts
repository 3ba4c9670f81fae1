import { describe, expect, it } from 'vitest';
import { start as sample } from '../../../../src/testing/conformance/samples.ts';
import { eventually } from '../../../support/eventually.ts';
import { chromiumIsMissing, gate, usePages } from '../../../support/inspector/pages.ts';

describe.skipIf(chromiumIsMissing())('the page where something is wrong', { tags: ['long'] }, () => {
  const { serve, open } = usePages();

  it('says when it does not know a session', async () => {
    const server = await serve();
    const page = await open(`${server.page}#/sessions/unknown`, { expected: /404/ });
    await page.getByRole('heading', { name: 'No such session' }).waitFor();
  });

  it('says of a body why it is shown as it came', async () => {
    const server = await serve();
    for (const body of ['', '{"cut', '['.repeat(30_000) + ']'.repeat(30_000)]) {
      await server.post('/api/v1/sessions', body);
    }
    const page = await open(`${server.page}#/rejections`);
    await page.getByRole('button', { name: /POST/ }).nth(2).waitFor();
    for (const call of await page.getByRole('button', { name: /POST/ }).all()) await call.click();
    const notes = page.locator('.rejection-detail .note');
    await notes.nth(2).waitFor();
    expect(await notes.allInnerTexts()).toEqual([
      'The body is nested too deep to be laid out. As it came:',
      'The body is no JSON. As it came:',
      'The body is empty.',
    ]);
  });

  it('does not call a token refused for the answer to a request without it', async () => {
    const server = await serve({}, { authorize: (call) => call.header('authorization') === 'Bearer let me in' });
    await server.start(sample);
    const page = await open(server.page, { expected: /401/ });
    await page.getByLabel('Token', { exact: true }).fill('let me in');
    await page.evaluate(`new MutationObserver(() => {
      window.refusals = (window.refusals ?? 0) + document.querySelectorAll('.fault').length;
    }).observe(document.body, { childList: true, subtree: true })`);
    const asked = gate();
    const refused = gate();
    const released = gate();
    await page.route(/api\/totals/, async (call) => {
      await asked.opened;
      await call.continue();
      await call.request().response();
      refused.open();
    });
    await page.route(/api\/sessions/, async (call) => {
      asked.open();
      if (call.request().headers()['authorization'] === undefined) await released.opened;
      await call.continue();
    });
    await refused.opened; // the totals are asked for beside the sessions, and refused while those are held
    await page.keyboard.press('Enter');
    released.open();
    await page.getByRole('option').first().waitFor();
    expect(await page.evaluate<number | undefined>('window.refusals')).toBe(0);
    await page.unrouteAll({ behavior: 'wait' });
  });

  it('says when the server is gone, keeps what it shows, and goes on when it is back', async () => {
    const server = await serve();
    await server.start(sample);
    const page = await open(server.page, { expected: /ERR_CONNECTION|Failed to load/ });
    await page.getByRole('option').first().waitFor();
    const bar = await page.getByRole('banner').boundingBox();
    await server.goAway();
    await page.getByRole('alert').getByText('The server does not answer.').waitFor();
    expect(await page.getByRole('banner').boundingBox()).toEqual(bar);
    expect(await page.getByRole('option').count()).toBe(1);
    await server.comeBack();
    await server.start({ ...sample, params: { ...sample.params, 'media.name': 'After the outage' } });
    await page.getByRole('option', { name: /After the outage/ }).waitFor();
    await eventually(async () => expect(await page.getByRole('alert').count()).toBe(0));
  });
});
