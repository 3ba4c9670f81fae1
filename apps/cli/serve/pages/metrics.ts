import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Rejection } from '../../../../src/collector/hooks.ts';
import type { RejectionCause } from '../../../../src/collector/rejection-cause.ts';
import { CLOSE_REASONS, type CloseReason } from '../../../../src/session/session.ts';
import type { ObserveOperation } from '../store/timed-store.ts';
import type { CountRequest } from './handler-combinators.ts';
import type { TextReply } from './text-page.ts';

/** What is told of a wrong key: where it is, and what came there. */
const KEY_LABELS = ['path', 'expected', 'got'] as const;
type KeyLabel = (typeof KEY_LABELS)[number];

/** How many different ones are told apart: clients send what they like, and each is a series. */
const MAX_KEYS = 200;

/** What is counted and measured, and the page that Prometheus reads. No label ever holds what a client sent. */
export interface Metrics {
  readonly countRequest: CountRequest;
  countRejection(rejection: Rejection): void;
  countClose(reason: CloseReason): void;
  readonly observeStore: ObserveOperation;
  /** In the text format of Prometheus. */
  page(): Promise<TextReply>;
}

/** The buckets of the histogram, in seconds: a store answers within a few milliseconds, and at the latest after 2 s. */
const STORE_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** @param countOpenSessions Gives NaN when it cannot count them. */
export function createMetrics(countOpenSessions: () => Promise<number>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const requests = new Counter({
    name: 'media_sessions_requests_total',
    help: 'Requests answered, by route and status.',
    labelNames: ['route', 'status'] as const,
    registers,
  });
  const rejections = new Counter({
    name: 'media_sessions_rejections_total',
    help: 'Calls of the API rejected, by status and by what the first thing wrong with them was.',
    labelNames: ['status', 'code'] as const,
    registers,
  });
  const malformed = new Counter({
    name: 'media_sessions_malformed_total',
    help: 'Calls of the API rejected for their body, by the event and the key that were wrong first.',
    labelNames: ['event', ...KEY_LABELS] as const,
    registers,
  });
  const lostSessions = new Counter({
    name: 'media_sessions_lost_sessions_total',
    help: 'Sessions that did not start since their first call was rejected, by the key that was wrong first.',
    labelNames: KEY_LABELS,
    registers,
  });
  const keys = new Set<string>();
  const closes = new Counter({
    name: 'media_sessions_closes_total',
    help: 'Sessions closed and reported by this process, by what closed them.',
    labelNames: ['reason'] as const,
    registers,
  });
  const store = new Histogram({
    name: 'media_sessions_store_seconds',
    help: 'How long operations of the store took, by operation.',
    labelNames: ['operation'] as const,
    buckets: STORE_BUCKETS,
    registers,
  });
  const storeFailures = new Counter({
    name: 'media_sessions_store_failures_total',
    help: 'Operations of the store that failed, by operation.',
    labelNames: ['operation'] as const,
    registers,
  });
  new Gauge({
    name: 'media_sessions_open_sessions',
    help: 'Open sessions in the store, also those of other processes; NaN when they cannot be counted in time.',
    registers,
    async collect() {
      this.set(await countOpenSessions());
    },
  });
  for (const reason of CLOSE_REASONS) closes.inc({ reason }, 0); // there from the start, so that rates are right

  return {
    countRequest: (route, status) => requests.inc({ route, status }),
    countRejection({ status, code, cause }) {
      rejections.inc({ status, code });
      if (cause === undefined) return;
      const key = labelsOf(cause, keys);
      malformed.inc({ event: cause.eventType ?? '', ...key });
      if (cause.isSessionLost) lostSessions.inc(key);
    },
    countClose: (reason) => closes.inc({ reason }),
    observeStore(operation, seconds, failed) {
      store.observe({ operation }, seconds);
      if (failed) storeFailures.inc({ operation });
    },
    page: async () => ({
      status: 200,
      text: await registry.metrics(),
      headers: { 'Content-Type': registry.contentType },
    }),
  };
}

/** The labels of a wrong key; `other` once there are too many. */
function labelsOf({ path, expected = '', got = '' }: RejectionCause, known: Set<string>): Record<KeyLabel, string> {
  const key = [path, expected, got].join('\n');
  if (known.size === MAX_KEYS && !known.has(key)) return { path: 'other', expected: '', got: '' };
  known.add(key);
  return { path, expected, got };
}
