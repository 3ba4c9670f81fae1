import { type Collector, createCollector } from '../../../src/collector.ts';
import { createInspector } from '../../../src/inspector/inspector.ts';
import type { Failure } from '../../../src/options.ts';
import { sessionsMiddleware } from '../../http/node.ts';
import { BadInput } from '../bad-input.ts';
import { type Authorize, bearer, fromThisMachine } from './authorization.ts';
import { callRefused, failed, note, sessionClosed, sessionStarted } from './entries.ts';
import { healthCheck } from './health.ts';
import { listen } from './http-server.ts';
import { type Log, textLog } from './log.ts';
import { addressOf, isLoopback } from './loopback.ts';
import { createMetrics } from './metrics.ts';
import { openSessionCounter } from './open-sessions.ts';
import { openStore } from './open-store.ts';
import type { Settings } from './options.ts';
import { openReports } from './reports.ts';
import { guarded, inTurn, type Routes, type Text, textPage } from './routes.ts';
import { stopInOrder, toldToStop } from './shutdown.ts';
import { timedStore } from './timed-store.ts';
import { authorityOf, inspectorUrl, type Welcome, welcomeText } from './welcome.ts';
import { within } from './within.ts';

const INSPECTOR = '/inspect';

const ASK_WITH_TOKEN: Text = { status: 401, text: 'Send the token of this server: Authorization: Bearer TOKEN.\n' };
const ASK_LOCALLY: Text = {
  status: 403,
  text: 'Without a token this is only shown on http://localhost, http://127.0.0.1 and http://[::1].\n',
};

/** Serves until a signal comes, then stops in order. Throws a BadInput or a Failure when it cannot start. */
export async function serve(settings: Settings): Promise<void> {
  const { validation, inspector, token } = settings;
  const address = await addressOf(settings.host);
  const isPrivate = isLoopback(address);
  if (inspector && token === undefined && !isPrivate) {
    throw new BadInput(
      `on ${settings.host} others can reach the inspector: set MEDIA_SESSIONS_TOKEN, or leave the inspector out with --no-inspector`,
    );
  }
  const deliver = await openReports(settings.reports, settings['reports-secret']);
  const log = await openLog(settings.log);
  const opened = await openStore(settings.store);

  const server = await listen(address, settings.port).catch(async (error) => {
    await opened.close();
    throw error;
  });
  const told = toldToStop();

  const metrics = createMetrics(openSessionCounter(opened.store));
  const collector = createCollector({
    store: timedStore(opened.store, metrics.storeUsed),
    validation,
    onSessionStart: (started) => log(sessionStarted(started)),
    onReject: (rejection) => log(callRefused(rejection)),
    async onSessionClose(closed) {
      await deliver(closed);
      metrics.closed(closed.session.closeReason);
      log(sessionClosed(closed));
    },
    onError: (failure) => log(failed(failure)),
  });
  collector.observe({ onReject: metrics.rejected });

  const authorize = token === undefined ? (isPrivate ? fromThisMachine : everyone) : bearer(token);
  const refusal = token === undefined ? ASK_LOCALLY : ASK_WITH_TOKEN;
  let stopping = false;
  const health = healthCheck(opened.store, () => stopping);
  const routes: Routes = [
    ['api', collector],
    ['healthz', textPage('/healthz', health)],
    ['metrics', guarded(textPage('/metrics', metrics.page), authorize, refusal)],
    ...(inspector ? [inspectorRoute(collector, authorize, token === undefined, log)] : []),
  ];
  server.serve(sessionsMiddleware(inTurn(routes, collector, metrics.answered)));
  announce(settings.log, log, {
    address,
    port: server.port,
    store: opened.name,
    inspector,
    needsToken: token !== undefined,
  });

  const signal = await told;
  stopping = true;
  log(note(`stopping (${signal}): requests in flight are answered, and closes that are due delivered`, { signal }));
  await stopInOrder({ server, collector, opened, log, seconds: settings['shutdown-timeout'] });
  await within(1_000, new Promise((resolve) => process.stdout.write('', resolve)), 'nobody reads').catch(() => {});
  process.exit(); // what is still under way was cut off
}

/** The log on the standard output. The packages behind JSON are loaded only for it. */
async function openLog(format: Settings['log']): Promise<Log> {
  if (format === 'text') return textLog(process.stdout);
  const { jsonLog } = await import('./json-log.ts');
  return jsonLog(process.stdout);
}

/** The inspector. Its page asks for the token by itself, so that only its API asks before it answers. */
function inspectorRoute(collector: Collector, authorize: Authorize, isLocal: boolean, log: Log): Routes[number] {
  const onError = (failure: Failure) => log(failed(failure));
  const inspector = createInspector({ collector, authorize, path: INSPECTOR, onError });
  return ['inspect', isLocal ? guarded(inspector, authorize, ASK_LOCALLY) : inspector];
}

function announce(format: Settings['log'], log: Log, welcome: Welcome): void {
  if (format === 'text') process.stdout.write(welcomeText(welcome));
  else {
    const { store } = welcome;
    log(note('listening', { url: `http://${authorityOf(welcome)}`, store, inspector: inspectorUrl(welcome) }));
  }
}

function everyone(): boolean {
  return true;
}
