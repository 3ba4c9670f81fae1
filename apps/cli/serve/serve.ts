import { sessionsMiddleware } from '../../../adapters/http/node.ts';
import { withTimeout } from '../../../src/common/timeout.ts';
import { authorityOf, banner, inspectorUrl, type ServerSummary } from './banner.ts';
import { listen } from './http-server.ts';
import { isLoopback, resolveHost } from './ip-address.ts';
import type { Log } from './log/log.ts';
import { openLog } from './log/open-log.ts';
import { listening, stopping, tlsRejected, unknownVariable } from './log/server-records.ts';
import { observedCollector } from './observed-collector.ts';
import { accessOf, requireGuardedInspector } from './pages/authorization.ts';
import { createHealth } from './pages/health.ts';
import { createMetrics } from './pages/metrics.ts';
import { pages } from './pages/pages.ts';
import { openReports } from './reports.ts';
import type { Settings } from './settings/settings.ts';
import { shutDown, stopSignal } from './shutdown.ts';
import { openSessionCounter } from './store/open-session-counter.ts';
import { openStore } from './store/open-store.ts';

/** How long the last lines of the log may take to be read, in milliseconds. */
const LAST_LINES_TIMEOUT = 300;

/**
 * Serves until a signal comes, then shuts down and ends the process. Throws a BadInput or a CannotRun.
 *
 * @param unknownVariables Variables of the environment that are named as options are and are none.
 */
export async function serve(settings: Settings, unknownVariables: readonly string[]): Promise<void> {
  const address = await resolveHost(settings.host);
  const isPrivate = isLoopback(address);
  if (!isPrivate) requireGuardedInspector(settings);

  let isServing = false;
  let isStopping = false;
  const firstSignal = stopSignal(); // from here on: the first process of a container is deaf to signals it does not handle
  void firstSignal.then(() => {
    if (!isServing) process.exit(); // a store may keep it waiting longer than it has, and nothing was acknowledged
  });

  const reports = await openReports(settings.reports, settings['reports-secret']);
  const { log, flush } = openLog(settings.log, process.stdout);
  for (const name of unknownVariables) log(unknownVariable(name));
  const opened = await openStore(settings.store, settings.retention);
  const { port, 'keep-alive': keepAlive } = settings;
  const onTls = () => log(tlsRejected);
  const server = await listen({ host: address, port, keepAlive: keepAlive * 1000, onTls }).catch(async (error) => {
    await opened.close();
    throw error;
  });

  const { store } = opened;
  const { validation, edge, inspector, token } = settings;
  const metrics = createMetrics(openSessionCounter(store));
  const health = createHealth(store, () => isStopping);
  const deliverReport = reports ?? (opened.isPersistent ? undefined : async () => {}); // no other process has that memory
  const collector = observedCollector({ store, validation, edge, deliverReport, metrics, health, log });
  const access = accessOf(token, isPrivate);
  const serveApi = sessionsMiddleware(collector);
  const servePages = pages({ collector, health, metrics, inspector, access, log });
  isServing = true;
  server.serve((req, res) => serveApi(req, res, () => servePages(req, res)));
  const authority = authorityOf(address, server.port);
  const inspectorAddress = inspector ? inspectorUrl(authority, token !== undefined) : undefined;
  announce(settings.log, log, { authority, store: opened.name, edge, inspector: inspectorAddress });

  const signal = await firstSignal;
  isStopping = true;
  log(stopping(signal));
  await shutDown({ server, collector, opened, log }, settings['shutdown-timeout']);
  flush();
  await lastLinesWritten();
  process.exit(); // what is still under way was cut off
}

/** Says where the server is: with a banner for people, or with a line of the log for programs. */
function announce(format: Settings['log'], log: Log, summary: ServerSummary): void {
  const { authority, store, inspector } = summary;
  if (format === 'text') process.stdout.write(banner(summary));
  else log(listening(`http://${authority}`, store, inspector));
}

/** Resolves once the log is written, or nobody has read it in time. */
async function lastLinesWritten(): Promise<void> {
  const written = new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  await withTimeout(LAST_LINES_TIMEOUT, written, 'nobody reads').catch(() => {});
}
