import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { sessionsMiddleware } from '../../adapters/http/node.ts';
import type { Collector } from '../../src/index.ts';
import { CHROMIUM } from './requirements.ts';
import { programPath } from './servers/programs.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url));

/** Where the player is. */
export const PLAYER = 'www.player.test';

const tls = { key: read('../fixtures/tls/key.pem'), cert: read('../fixtures/tls/cert.pem') };
const sdk = readFileSync(join(createRequire(import.meta.url).resolve('@adobe/alloy'), '../../dist/alloy.min.js'));

/** What Adobe tells pages to have before the SDK, which then takes what was called meanwhile. */
const BASE_CODE = `window.__alloyNS = ['alloy'];
  window.alloy = (...args) => new Promise((resolve, reject) => alloy.q.push([resolve, reject, args]));
  window.alloy.q = [];`;

const PAGE = `<!doctype html><link rel="icon" href="data:,"><title>player</title>
  <script>${BASE_CODE}</script><script src="/alloy.js" async></script>`;

/** A page with the Web SDK, and a server for it, both by https on port 443 as the browser sees them. */
export interface WebSdk {
  readonly page: Page;
  /** What the console complained about. */
  readonly complaints: readonly string[];
  /** The paths of all requests that came, in their order. */
  readonly paths: readonly string[];
  stop(): Promise<void>;
}

/** Serves a player's page and the API, whatever the host, and opens the page. */
export async function openWebSdk(collector: Collector): Promise<WebSdk> {
  const api = sessionsMiddleware(collector);
  const paths: string[] = [];
  const server = createServer(tls, (req, res) => {
    const { pathname } = new URL(req.url ?? '/', `https://${PLAYER}`);
    if (pathname === '/') res.setHeader('Content-Type', 'text/html').end(PAGE);
    else if (pathname === '/alloy.js') res.setHeader('Content-Type', 'text/javascript').end(sdk);
    else {
      paths.push(`${req.method} ${pathname}`);
      api(req, res);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // of a TCP server
  const browser = await launch(port);
  const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`https://${PLAYER}/`);
  return { page, complaints, paths, stop: () => stop(server, browser) };
}

/** A browser to which every host is this machine, with its port 443 the server's. */
function launch(port: number): Promise<Browser> {
  const [names = []] = CHROMIUM.programs;
  return chromium.launch({
    executablePath: programPath(...names),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', `--host-resolver-rules=MAP *:443 127.0.0.1:${port}`],
  });
}

async function stop(server: Server, browser: Browser): Promise<void> {
  await browser.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
