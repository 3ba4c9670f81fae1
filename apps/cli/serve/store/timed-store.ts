import type { SessionStore } from '../../../../src/session/store.ts';

/** Told of each operation of a store once it is over. */
export type Observe = (operation: keyof SessionStore, seconds: number, failed: boolean) => void;

/** The same store, with its operations timed. */
export function timedStore(store: SessionStore, ...observers: readonly Observe[]): SessionStore {
  function timed<Args extends readonly unknown[], Outcome>(
    operation: keyof SessionStore,
    run: (...args: Args) => Promise<Outcome>,
  ): (...args: Args) => Promise<Outcome> {
    return async (...args) => {
      const from = performance.now();
      let failed = false;
      try {
        return await run(...args);
      } catch (error) {
        failed = !(error instanceof RangeError); // of a cursor that a client made up
        throw error;
      } finally {
        for (const observe of observers) observe(operation, (performance.now() - from) / 1000, failed);
      }
    };
  }

  return {
    create: timed('create', (session, events) => store.create(session, events)),
    append: timed('append', (sid, event, timeouts) => store.append(sid, event, timeouts)),
    get: timed('get', (sid) => store.get(sid)),
    events: timed('events', (sid) => store.events(sid)),
    list: timed('list', (query, now) => store.list(query, now)),
    claimClosed: timed('claimClosed', (now, leaseMs, limit) => store.claimClosed(now, leaseMs, limit)),
    settle: timed('settle', (sid) => store.settle(sid)),
    close: timed('close', () => store.close()),
  };
}
