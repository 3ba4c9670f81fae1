import { sessionsMiddleware } from '../../../adapters/http/node.ts';
import type { SessionClosed } from '../../../src/close-delivery/close-hook.ts';
import { type Collector, createCollector } from '../../../src/collector/collector.ts';
import { withTimeout } from '../../../src/common/timeout.ts';
import { BadInput } from '../errors.ts';
import { authorityOf, banner, inspectorUrl, type Listening } from './banner.ts';
import { listen } from './http-server.ts';
import { callRejected, failed, note, sessionClosed, sessionStarted, tlsRejected } from './log/lines.ts';
import { type Log, textLog } from './log/log.ts';
import { addressOf, isLoopback } from './loopback.ts';
import { type Health, healthOf } from './pages/health.ts';
import { createMetrics, type Metrics } from './pages/metrics.ts';
import { pages } from './pages/pages.ts';
import { openReports } from './reports.ts';
import type { Settings } from './settings/settings.ts';
import { stopInOrder, toldToStop } from './shutdown.ts';
import { openSessionCounter } from './store/open-session-counter.ts';
import { openStore } from './store/open-store.ts';
import type { OpenedStore } from './store/opened-store.ts';
import { timedStore } from './store/timed-store.ts';

/** How long the last lines of the log may take to be read, in milliseconds. */
const LAST_LINES = 300;

/**
 * Serves until a signal comes, then stops in order and ends the process. Throws a BadInput or a CannotRun.
 *
 * @param strayVariables Variables of the environment that look like options and are none.
 */
export async function serve(settings: Settings, strayVariables: readonly string[]): Promise<void> {
  const { inspector, token } = settings;
  const address = await addressOf(settings.host);
  const isPrivate = isLoopback(address);
  if (!isPrivate) requireGuard(settings);
  const told = toldToStop(); // from here on: the first process of a container is deaf to signals it does not handle
  let serving = false;
  void told.then(() => {
    if (!serving) process.exit(); // a store may keep it waiting longer than it has, and nothing was acknowledged
  });
  const deliver = await openReports(settings.reports, settings['reports-secret']);
  const log = await openLog(settings.log);
  for (const name of strayVariables) log(note(`${name} is no option, and has no effect`, { name }, 'warn'));
  const opened = await openStore(settings.store, settings.retention);
  const server = await listen(address, settings.port, () => log(tlsRejected)).catch(async (error) => {
    await opened.close();
    throw error;
  });

  let stopping = false;
  const metrics = createMetrics(openSessionCounter(opened.store));
  const health = healthOf(opened.store, () => stopping);
  const collector = openCollector({ settings, opened, metrics, health, deliver, log });
  const shown = { collector, log, health: health.check, metrics: metrics.page, inspector, token, isPrivate };
  const api = sessionsMiddleware(collector);
  const others = pages({ ...shown, answered: metrics.answered });
  serving = true;
  server.serve((req, res) => api(req, res, () => others(req, res)));
  const { name: store } = opened;
  announce(settings.log, log, { address, port: server.port, store, inspector, needsToken: token !== undefined });

  const signal = await told;
  stopping = true;
  log(note(`stopping (${signal}): requests in flight are answered, and closes that are due delivered`, { signal }));
  await stopInOrder({ server, collector, opened, log, seconds: settings['shutdown-timeout'] });
  await withTimeout(LAST_LINES, new Promise((resolve) => process.stdout.write('', resolve)), 'nobody reads').catch(
    () => {},
  );
  process.exit(); // what is still under way was cut off
}

/** On an address that others reach, the inspector must not be open to them. */
function requireGuard({ host, inspector, token }: Settings): void {
  if (!inspector || token !== undefined) return;
  throw new BadInput(
    `on ${host} others can reach the inspector: set MEDIA_SESSIONS_TOKEN, or leave the inspector out with --no-inspector`,
  );
}

/** The log on the standard output. The package behind JSON is loaded only for it. */
async function openLog(format: Settings['log']): Promise<Log> {
  if (format === 'text') return textLog(process.stdout);
  const { jsonLog } = await import('./log/json-log.ts');
  return jsonLog(process.stdout);
}

interface CollectorParts {
  readonly settings: Settings;
  readonly opened: OpenedStore;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly deliver: (closed: SessionClosed) => Promise<void>;
  readonly log: Log;
}

/** The collector, with all that happens in it measured and logged. */
function openCollector({ settings, opened, metrics, health, deliver, log }: CollectorParts): Collector {
  const collector = createCollector({
    store: timedStore(opened.store, metrics.storeUsed, health.storeUsed),
    validation: settings.validation,
    onSessionStart: (started) => log(sessionStarted(started)),
    onReject: (rejection) => log(callRejected(rejection)),
    async onSessionClose(closed) {
      await deliver(closed);
      metrics.closed(closed.session.closeReason);
      log(sessionClosed(closed));
    },
    onError: (failure) => log(failed(failure)),
  });
  collector.observe({
    onReject: metrics.rejected,
    onAnswer: ({ endpoint, status }) => metrics.answered(endpoint, status),
  });
  return collector;
}

function announce(format: Settings['log'], log: Log, welcome: Listening): void {
  if (format === 'text') process.stdout.write(banner(welcome));
  else {
    const url = `http://${authorityOf(welcome)}`;
    log(note('listening', { url, store: welcome.store, inspector: inspectorUrl(welcome) }));
  }
}
