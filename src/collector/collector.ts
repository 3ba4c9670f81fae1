import { startCloseDelivery } from '../close-delivery/close-delivery.ts';
import { closeHook } from '../close-delivery/close-hook.ts';
import { timeSlices } from '../common/event-loop.ts';
import type { Handler } from '../http/handler.ts';
import { memoryStore } from '../memory-store/memory-store.ts';
import { type Timeouts, timeoutsOf } from '../session/lifecycle.ts';
import { closeMode } from '../wire/field.ts';
import { createValidator } from '../wire/validate.ts';
import { checkCollectorOptions } from './check-options.ts';
import { checkedClock, steadyClock } from './clock.ts';
import { cors } from './cors.ts';
import { edgeCors } from './edge-cors.ts';
import { edgeRouter } from './edge-router.ts';
import { hookRunner } from './hooks.ts';
import { notifier } from './notifier.ts';
import { type Observer, observers } from './observers.ts';
import type { CollectorOptions } from './options.ts';
import { router } from './router.ts';
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
   * store when the collector made it itself. Close the server first: calls that come later get 503. A hook may call
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
  const {
    validation = 'standard',
    maxBodyBytes = 1_048_576,
    maxSessionLength = 16 * 1024 * 1024,
    onSessionClose,
  } = options;
  const now = checkedClock(options.now ?? Date.now);
  const store = options.store ?? memoryStore();
  const timeouts = timeoutsOf(options.timeouts);
  let isClosed = false;
  const hooks = hookRunner(options.onError);
  const observed = observers((error) => hooks.fail('observer', error));
  const slice = timeSlices();
  const delivery = startCloseDelivery({
    store,
    now: steadyClock(now),
    sweepInterval: options.sweepInterval ?? 5_000,
    deliver:
      onSessionClose &&
      closeHook({ store, timeouts, maxLength: maxSessionLength + 4 * maxBodyBytes, onSessionClose, slice }),
    onFailure: hooks.fail,
  });

  const answering = {
    sessionDeps: {
      store,
      now,
      newId: options.newId,
      location: options.location,
      validate: createValidator(validation),
      timeouts,
      maxSessionLength,
    },
    validation,
    maxBodyBytes,
    notify: notifier(options, hooks, observed),
    fail: hooks.fail,
    slice,
    isClosed: () => isClosed,
  };
  const corsOptions = options.cors === false ? undefined : typeof options.cors === 'object' ? options.cors : {};
  const edge = options.edge === true ? {} : options.edge || undefined;

  return {
    ...router({
      ...answering,
      crossOrigin: corsOptions && cors(corsOptions),
      onCall: delivery.onCall,
      second:
        edge &&
        edgeRouter({
          ...answering,
          options: edge,
          validation: closeMode(validation),
          crossOrigin: corsOptions && edgeCors(corsOptions),
        }),
    }),
    ...sessionReader(store, now, timeouts, slice),
    observe: observed.add,
    now,
    timeouts,

    async close() {
      isClosed = true;
      await delivery.stop();
      await hooks.idle();
      if (options.store === undefined) await store.close();
    },
  };
}
