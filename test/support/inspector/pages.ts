import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { CollectorOptions } from '../../../src/collector/options.ts';
import type { InspectorOptions } from '../../../src/inspector/inspector.ts';
import { CHROMIUM, isMissing } from '../requirements.ts';
import { launch, openTab, type Tab } from './browser.ts';
import { type InspectedServer, inspectedServer } from './inspected-server.ts';

/** Where the tests leave pictures of what they saw. */
export const screenshots = fileURLToPath(new URL('../../screenshots/', import.meta.url));

export const chromiumIsMissing = () => isMissing(CHROMIUM);

/** What a test of the page starts. All of it ends with the test. */
export interface Pages {
  /** Starts a server with an inspector. */
  serve(options?: CollectorOptions, inspector?: Partial<InspectorOptions>): Promise<InspectedServer>;
  /** Opens an address in a tab of its own. `expected` is what its console may complain about. */
  open(url: string, options?: Parameters<typeof openTab>[2]): Promise<Page>;
}

/** Starts a browser for the tests of a `describe`, each of which fails when its console complains of anything. */
export function usePages(): Pages {
  let browser: Browser;
  const tabs: Tab[] = [];
  const servers: InspectedServer[] = [];

  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true });
    browser = await launch();
  });
  afterAll(() => browser?.close());

  afterEach(async () => {
    const complaints = tabs.flatMap((tab) => tab.complaints);
    await Promise.all(tabs.splice(0).map(({ page }) => page.context().close()));
    await Promise.all(servers.splice(0).map((server) => server.stop()));
    expect(complaints).toEqual([]);
  });

  return {
    async serve(options = {}, inspector = {}) {
      const server = await inspectedServer(options, inspector);
      servers.push(server);
      return server;
    },
    async open(url, options = {}) {
      const tab = await openTab(browser, url, options);
      tabs.push(tab);
      return tab.page;
    },
  };
}

/** Where something is drawn. */
export async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('It is not drawn');
  return box;
}

/** A promise that is kept by hand. */
export interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

export function gate(): Gate {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
