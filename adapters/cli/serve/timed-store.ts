import type { SessionStore } from '../../../src/session/store.ts';

/** Told of each operation of a store once it is over. */
export type Observe = (operation: keyof SessionStore, seconds: number, failed: boolean) => void;

/** The same store, with its operations timed. */
export function timedStore(store: SessionStore, observe: Observe): SessionStore {
  function timed<Args extends readonly unknown[], Outcome>(
    operation: keyof SessionStore,
    run: (...args: Args) => Promise<Outcome>,
  ): (...args: Args) => Promise<Outcome> {
    return async (...args) => {
      const from = performance.now();
      let failed = true;
      try {
        const outcome = await run(...args);
        failed = false;
        return outcome;
      } finally {
        observe(operation, (performance.now() - from) / 1000, failed);
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
