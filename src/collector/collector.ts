import { startCloseDelivery } from '../close-delivery/close-delivery.ts';
import { closeHook } from '../close-delivery/close-hook.ts';
import type { Handler } from '../http/call.ts';
import { memoryStore } from '../memory-store/memory-store.ts';
import { type Timeouts, timeoutsOf } from '../session/lifecycle.ts';
import { sessionLengths } from '../session/session-lengths.ts';
import { createValidator } from '../wire/validate.ts';
import { checkCollectorOptions } from './check-options.ts';
import { checkedClock, steadyClock } from './clock.ts';
import { cors } from './cors.ts';
import { hookRunner } from './hooks.ts';
import { notices, type Observer, observers } from './observers.ts';
import type { CollectorOptions } from './options.ts';
import { apiHandler } from './router.ts';
import { type SessionReader, sessionReader } from './session-reader.ts';

/** A server of the Media Collection API, without the server: it turns calls into replies, and reads sessions back. */
export interface Collector extends Handler, SessionReader {
  /** Tells an observer what happens from now on. Returns the function that ends this. */
  observe(observer: Observer): () => void;
  /** The time by the collector's clock, in Unix milliseconds. */
  now(): number;
  /** When sessions close, in milliseconds. */
  readonly timeouts: Timeouts;
  /**
   * Delivers the close of every session that is closed by now, waits for hooks under way, and closes the
   * store when the collector made it itself. Close the server first: calls that come later may fail. A hook may call
   * this but must not wait for it, since it waits for the hook.
   */
  close(): Promise<void>;
}

/**
 * Makes a collector: the one thing behind every adapter. Mount it in several, or keep it to read the
 * sessions back.
 *
 * @throws TypeError when an option is wrong or unknown.
 *
 * @example
 * const collector = createCollector({ validation: 'strict' });
 * createServer(sessionsMiddleware(collector)).listen(8080);
 */
export function createCollector(options: CollectorOptions = {}): Collector {
  checkCollectorOptions(options);
  const { validation = 'standard', maxBodyBytes = 1_048_576, maxSessionLength = 16 * 1024 * 1024 } = options;
  const now = checkedClock(options.now ?? Date.now);
  const store = options.store ?? memoryStore();
  const timeouts = timeoutsOf(options.timeouts);
  const hooks = hookRunner(options.onError);
  const observed = observers((error) => hooks.fail('observer', error));
  const api = apiHandler({
    sessionDeps: {
      store,
      now,
      newId: options.newId,
      location: options.location,
      validate: createValidator(validation),
      timeouts,
      lengths: sessionLengths(maxSessionLength),
    },
    validation,
    maxBodyBytes,
    crossOrigin: options.cors === false ? undefined : cors(typeof options.cors === 'object' ? options.cors : {}),
    notices: notices(options, hooks, observed),
    fail: hooks.fail,
  });
  const deliveries = startCloseDelivery({
    store,
    now: steadyClock(now),
    sweepInterval: options.sweepInterval ?? 5_000,
    deliver: closeHook(store, timeouts, options.onSessionClose),
    onFailure: hooks.fail,
  });

  return {
    handle(call) {
      deliveries.onCall(call.waitUntil);
      return api.handle(call);
    },
    notFound: api.notFound,
    roots: api.roots,

    ...sessionReader(store, now, timeouts),
    observe: observed.add,
    now,
    timeouts,

    async close() {
      await deliveries.stop();
      await hooks.idle();
      if (options.store === undefined) await store.close();
    },
  };
}

/** The collector that an adapter was handed, or one made from the options it was handed. */
export function toHandler(options: CollectorOptions | Handler = {}): Handler {
  return isHandler(options) ? options : createCollector(options);
}

/** Tells a collector, or another handler, from its options, and from an app of a framework, which handles too. */
export function isHandler(value: unknown): value is Handler {
  const { handle, notFound, roots } = (value ?? {}) as Partial<Handler>;
  return typeof handle === 'function' && typeof notFound === 'function' && Array.isArray(roots);
}
