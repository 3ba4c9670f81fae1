import type { Browser, Page } from 'playwright-core';
import type { SessionStore } from '../../src/index.ts';
import { launch } from '../support/inspector/browser.ts';
import { inspectedServer } from '../support/inspector/inspected-server.ts';
import { storeOfLongSession, storeOfSessions } from '../support/inspector/large-stores.ts';
import { printFigure, printTitle } from './figures.ts';

const ROUNDS = 7;
const GOAL = { unit: 'ms', goal: '500 or less' };
const TASK_GOAL = { unit: 'ms', goal: '100 or less' };

/** How long the inspector's page is busy at a time, and how soon it answers, with much to show. */
export async function benchPage(): Promise<void> {
  const browser = await launch();
  printTitle('The page with 10,000 sessions');
  const tasks = await inPages(browser, await storeOfSessions(10_000), '', async (page) => {
    await page.getByRole('option', { name: /Title 9999/ }).waitFor();
    await page.getByRole('searchbox').fill('Title 123');
    await page.getByRole('option', { name: /Title 123\b/ }).waitFor();
    return [await longestTask(page)];
  });
  printFigure('the longest task of a search', tasks.flat(), TASK_GOAL);

  for (const count of [20_000, 261_000]) await benchLongSession(browser, count);
  await browser.close();
}

/** How the page works with a session of so many events. */
async function benchLongSession(browser: Browser, count: number): Promise<void> {
  const name = `${count.toLocaleString('en')} events`;
  printTitle(`The page of a session of ${name}`);
  const measured = await inPages(browser, await storeOfLongSession(count), '#/sessions/long', async (page) => {
    await page.getByRole('heading', { name, exact: true }).waitFor();
    await page.getByRole('group', { name: 'Pauses' }).waitFor();
    const opening = await longestTask(page);
    await page.evaluate('window.longTasks.length = 0');
    const [picking, explaining] = [await page.evaluate<number>(pick(count - 1)), await page.evaluate<number>(EXPLAIN)];
    return [opening, picking, explaining, await longestTask(page)];
  });
  const figures = [
    ['the longest task of opening it', TASK_GOAL],
    ['End to the last event', GOAL],
    ['a number to its marks', GOAL],
    ['the longest task of both', TASK_GOAL],
  ] as const;
  for (const [index, [label, goal]] of figures.entries())
    printFigure(
      label,
      measured.map((each) => each[index] ?? Number.NaN),
      goal,
    );
}

/** Measures in one page after the other. */
async function inPages(
  browser: Browser,
  store: SessionStore,
  hash: string,
  measure: (page: Page) => Promise<number[]>,
): Promise<number[][]> {
  const server = await inspectedServer({ store });
  const measured: number[][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.addInitScript(`
      window.longTasks = [];
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longTasks.push(duration);
      }).observe({ type: 'longtask', buffered: true });
    `);
    await page.goto(server.page + hash);
    measured.push(await measure(page));
    await page.close();
  }
  await server.stop();
  return measured;
}

function longestTask(page: Page): Promise<number> {
  return page.evaluate<number>('Math.max(0, ...window.longTasks)');
}

/** Acts in the page, and gives the milliseconds until the frame after something is shown, by the page's own clock. */
function untilShown(act: string, isShown: string): string {
  return `new Promise((resolve) => {
    const began = performance.now();
    ${act};
    const look = () =>
      requestAnimationFrame(${isShown} ? () => resolve(performance.now() - began) : look);
    look();
  })`;
}

const pick = (last: number) =>
  untilShown(
    `document.getElementById('events').dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }))`,
    `document.querySelector('.event-detail h2')?.textContent.includes('#${last}')`,
  );

const EXPLAIN = untilShown(
  `[...document.querySelectorAll('.figure')].find(({ textContent }) => textContent.includes('pauseCount')).focus()`,
  `document.querySelector('.front .line:not(.picked)')`,
);
