import { describe, expect, it } from 'vitest';
import { start as sample } from '../../../../src/testing/conformance/samples.ts';
import { boxOf, chromiumIsMissing, screenshots, usePages } from '../../../support/inspector/pages.ts';
import { play, recording } from '../../../support/inspector/playback.ts';

describe.skipIf(chromiumIsMissing())('the layout of the page', { tags: ['long'] }, () => {
  const { serve, open } = usePages();

  it('writes the last time below the chart in full', async () => {
    const server = await serve();
    server.advance(600_000 - (server.now() % 600_000) + 5000);
    await server.start(sample);
    const page = await open(server.page);
    const chart = page.getByRole('img', { name: /Viewers over the last hour/ });
    const label = await boxOf(chart.locator('text').last());
    const whole = await boxOf(chart);
    expect(label.x + label.width).toBeLessThanOrEqual(whole.x + whole.width);
  });

  it('is readable dark and light, wide and narrow', async () => {
    const server = await serve();
    server.advance(-600_000);
    await play(server, recording('01-simple-vod'));
    const sid = await play(server, recording('05-buffer-seek-bitrate-error-states'));
    for (const colorScheme of ['dark', 'light'] as const) {
      for (const width of [1280, 400]) {
        const page = await open(server.page, { colorScheme, viewport: { width, height: 800 } });
        await page.getByRole('region', { name: 'Viewers over time' }).waitFor();
        await page.screenshot({ path: `${screenshots}overview-${colorScheme}-${width}.png` });
        await page.goto(`${server.page}#/sessions/${sid}`);
        await page.getByRole('group', { name: 'Content' }).waitFor();
        await page.screenshot({ path: `${screenshots}session-${colorScheme}-${width}.png`, fullPage: true });
        const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
        expect(await page.evaluate<number>(overflow)).toBe(0);
      }
    }
  });

  it('keeps its buttons on one line on a phone, under a name that is still read out', async () => {
    const server = await serve();
    const page = await open(server.page, { viewport: { width: 360, height: 740 } });
    const startOver = await boxOf(page.getByRole('button', { name: 'Start over' }));
    const keys = await boxOf(page.getByRole('button', { name: 'Keys' }));
    expect(keys.y).toBe(startOver.y);
    expect(await page.getByRole('link', { name: 'Sessions inspector' }).count()).toBe(1);
  });

  it.each([
    ['a phone', { hasTouch: true, isMobile: true, viewport: { width: 390, height: 800 } }, 'Tap'],
    ['a desk', {}, 'Point at'],
  ])('says on %s how to see what a number is made of', async (_place, options, way) => {
    const server = await serve();
    const sid = await play(server, recording('01-simple-vod'));
    const page = await open(`${server.page}#/sessions/${sid}`, options);
    await page.getByText(`${way} a number to see what it is made of`).waitFor();
    const figure = page.getByRole('button', { name: /sessionDetails\.timePlayed/ });
    await ('hasTouch' in options ? figure.tap() : figure.hover());
    await page.locator('.readout', { hasText: 'Content played' }).waitFor();
  });

  it('has buttons that fingers hit, 24 pixels high at least', async () => {
    const server = await serve();
    const sid = await play(server, recording('01-simple-vod'));
    const page = await open(`${server.page}#/sessions/${sid}`);
    await page.getByRole('group', { name: 'Content' }).waitFor();
    const heights = await page.evaluate<number[]>(
      `[...document.querySelectorAll('.button, .choice button')].map((button) => button.offsetHeight).filter(Boolean)`,
    );
    expect(heights.length).toBeGreaterThan(5);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(24);
  });
});
