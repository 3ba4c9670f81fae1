import type { SessionClosed } from '../../../src/close-delivery/close-hook.ts';
import { type Collector, createCollector } from '../../../src/collector/collector.ts';
import type { SessionStore } from '../../../src/session/store.ts';
import type { Log } from './log/log.ts';
import { callRejected, failed, sessionClosed, sessionStarted } from './log/records.ts';
import type { Health } from './pages/health.ts';
import type { Metrics } from './pages/metrics.ts';
import type { Settings } from './settings/settings.ts';
import { timedStore } from './store/timed-store.ts';

/** What a collector is made with. */
export interface CollectorParts {
  readonly store: SessionStore;
  readonly validation: Settings['validation'];
  readonly edge: boolean;
  /**
   * Called at the close of a session. Without it closes are left to others on the same store, neither counted nor
   * logged.
   */
  readonly deliverReport: ((closed: SessionClosed) => Promise<void>) | undefined;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly log: Log;
}

/** The collector, with all that happens in it measured and logged. */
export function observedCollector(parts: CollectorParts): Collector {
  const { store, validation, edge, deliverReport, metrics, health, log } = parts;
  const collector = createCollector({
    store: timedStore(store, metrics.observeStore, health.observeStore),
    validation,
    edge,
    onSessionStart: (started) => log(sessionStarted(started)),
    onReject: (rejection) => log(callRejected(rejection)),
    onSessionClose:
      deliverReport &&
      (async (closed) => {
        await deliverReport(closed);
        metrics.countClose(closed.session.closeReason);
        log(sessionClosed(closed));
      }),
    onError: (failure) => log(failed(failure)),
  });
  collector.observe({
    onReject: metrics.countRejection,
    onAnswer: ({ endpoint, status }) => metrics.countRequest(endpoint, status),
  });
  return collector;
}
