import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { CHROMIUM } from '../requirements.ts';
import { programPath } from '../servers/programs.ts';

/** How long the browser may take for one step, in milliseconds: as long as a busy machine does. */
const STEP_TIMEOUT = 60_000;

/** A page of the inspector in a tab of its own. */
export interface Tab {
  readonly page: Page;
  /** What the browser complained about: errors, violations of the policy, requests to another host. */
  readonly complaints: readonly string[];
}

export function launch(): Promise<Browser> {
  const [names = []] = CHROMIUM.programs;
  return chromium.launch({
    executablePath: programPath(...names),
    timeout: STEP_TIMEOUT,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Opens an address. `expected` is what the console may complain about, such as a server that is meant to be gone. */
export async function openTab(
  browser: Browser,
  url: string,
  { expected = /^$/, ...options }: BrowserContextOptions & { expected?: RegExp } = {},
): Promise<Tab> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    ...options,
  });
  context.setDefaultTimeout(STEP_TIMEOUT);
  const page = await context.newPage();
  const complaints: string[] = [];
  const complain = (text: string) => {
    if (!expected.test(text)) complaints.push(text);
  };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complain(message.text());
  });
  page.on('pageerror', (error) => complain(error.message));
  page.on('dialog', (dialog) => {
    complain(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'data:' && origin !== new URL(url).origin) complain(`request to ${request.url()}`);
  });
  await page.addInitScript(`
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error('policy violated: ' + violatedDirective + ' ' + blockedURI);
    });
  `);
  await page.goto(url);
  return { page, complaints };
}
