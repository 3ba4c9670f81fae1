import type { MaybePromise } from '../common/maybe-promise.ts';
import type { SessionStore } from './store.ts';

/** Runs an operation of a store, with whatever is to happen before and after it. */
export type RunOperation = <Outcome>(
  operation: keyof SessionStore,
  run: () => MaybePromise<Outcome>,
) => Promise<Outcome>;

/** Makes the same store, with each of its operations run by a function. */
export function wrapStore(store: SessionStore, run: RunOperation): SessionStore {
  return {
    create: (session, events) => run('create', () => store.create(session, events)),
    append: (sid, events, rule) => run('append', () => store.append(sid, events, rule)),
    get: (sid) => run('get', () => store.get(sid)),
    events: (sid, page) => run('events', () => store.events(sid, page)),
    list: (query, now) => run('list', () => store.list(query, now)),
    claimClosed: (now, leaseMs, limit) => run('claimClosed', () => store.claimClosed(now, leaseMs, limit)),
    settle: (sid) => run('settle', () => store.settle(sid)),
    close: () => run('close', () => store.close()),
  };
}
