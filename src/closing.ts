import type { WaitUntil } from './call.ts';
import { breathe } from './session/breathe.ts';
import type { MediaSession } from './session/session.ts';
import type { SessionStore } from './session/store.ts';

/** What it takes to close sessions. */
export interface ClosingDeps {
  readonly store: SessionStore;
  readonly now: () => number;
  /** How often to look for closed sessions, in milliseconds. */
  readonly sweepInterval: number;
  /** Tells the host that a session is over. It is tried again when it rejects. */
  readonly deliver: (session: MediaSession) => Promise<unknown>;
  /** Told of each failure, in the store or in `deliver`. Never rejects. */
  readonly onFailure: (during: string, error: unknown) => Promise<void>;
}

/** The part of a collector that notices closed sessions and has each delivered once. */
export interface Closing {
  /**
   * Called with every call: looks for closed sessions when it is time to, on a platform whose timers cannot
   * be relied on. Workers allow none outside a request, and end those of a request with it.
   */
  onCall(waitUntil: WaitUntil | undefined): void;
  /** Stops looking, after one last look: delivers all that is due, waits for what is under way. */
  stop(): Promise<void>;
}

/** A session whose close this process is to deliver. */
interface Delivery {
  readonly session: MediaSession;
  leasedUntil: number;
  attempts: number;
  nextAttempt: number;
  running: boolean;
  delivered: boolean;
}

/** How long a close is this process's to deliver, in milliseconds. When it dies, another goes on after that. */
const LEASE = 60_000;
/** How many closes are delivered at the same time. */
const PARALLEL = 50;
/** How many closes may wait for another attempt; beyond that `deliver` is down, and the store is asked for no more. */
const MAX_WAITING = 1000;
/** The longest pause between two attempts, in milliseconds. */
const MAX_PAUSE = 300_000;

export function startClosing({ store, now, sweepInterval, deliver, onFailure }: ClosingDeps): Closing {
  const deliveries = new Map<string, Delivery>();
  const running = new Set<Promise<void>>();
  let more = false;
  let sweeping: Promise<void> | undefined;
  let sweptAt = Number.NEGATIVE_INFINITY;

  function sweep(last = false): Promise<void> {
    sweptAt = now();
    sweeping ??= claim()
      .then(() => retry(last))
      .catch((error) => onFailure('store', error))
      .finally(() => {
        sweeping = undefined;
      });
    return sweeping;
  }

  /** Takes closed sessions from the store as long as there is room to deliver them. */
  async function claim(): Promise<void> {
    do {
      const room = deliveries.size < MAX_WAITING ? PARALLEL - running.size : 0;
      if (room <= 0) return;
      const at = now();
      const sessions = await store.claimClosed(at, LEASE, room);
      more = sessions.length === room;
      for (const session of sessions) accept(session, at + LEASE);
      if (more) await breathe();
    } while (more);
  }

  function accept(session: MediaSession, leasedUntil: number): void {
    const known = deliveries.get(session.sid);
    if (known) {
      known.leasedUntil = leasedUntil; // still ours; its next attempt comes at its own time
      return;
    }
    const delivery = { session, leasedUntil, attempts: 0, nextAttempt: 0, running: false, delivered: false };
    deliveries.set(session.sid, delivery);
    start(delivery);
  }

  /** Tries again what failed before, and lets go of what is no longer leased to us. */
  function retry(last: boolean): void {
    const at = now();
    for (const delivery of deliveries.values()) {
      if (delivery.running) continue;
      if (at >= delivery.leasedUntil) deliveries.delete(delivery.session.sid);
      else if (last || at >= delivery.nextAttempt) start(delivery);
    }
  }

  function start(delivery: Delivery): void {
    const attempted = attempt(delivery).finally(() => {
      running.delete(attempted);
      if (more) void sweep();
    });
    running.add(attempted);
  }

  async function attempt(delivery: Delivery): Promise<void> {
    delivery.running = true;
    try {
      if (!delivery.delivered) await deliver(delivery.session);
      delivery.delivered = true; // if only settling fails, only settling is tried again
      await store.settle(delivery.session.sid);
      deliveries.delete(delivery.session.sid);
    } catch (error) {
      delivery.nextAttempt = now() + Math.min(1000 * 2 ** delivery.attempts, MAX_PAUSE);
      delivery.attempts += 1;
      delivery.running = false;
      await onFailure(delivery.delivered ? 'store' : 'onSessionClose', error);
    }
  }

  const timer = startTimer(sweep, sweepInterval);
  if (timer) void sweep();

  /** Resolves once nothing is under way; an attempt that ends may have started more. */
  async function settled(): Promise<void> {
    while (sweeping || running.size > 0) await Promise.all([sweeping, ...running]);
  }

  return {
    onCall(waitUntil) {
      if ((timer && !waitUntil) || now() < sweptAt + sweepInterval) return;
      void sweep();
      waitUntil?.(settled());
    },

    async stop() {
      clearInterval(timer);
      await settled();
      await sweep(true);
      await settled();
    },
  };
}

/** A timer that keeps no process alive; undefined on a platform that forbids one here. */
function startTimer(work: () => unknown, interval: number): ReturnType<typeof setInterval> | undefined {
  try {
    const timer = setInterval(work, interval);
    timer.unref?.(); // where timers are objects
    return timer;
  } catch {
    return undefined;
  }
}
