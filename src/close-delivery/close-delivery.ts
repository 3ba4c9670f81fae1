import { yieldToEventLoop } from '../common/event-loop.ts';
import type { WaitUntil } from '../http/call.ts';
import type { MediaSession } from '../session/session.ts';
import type { SessionStore } from '../session/store.ts';
import { deliveryAttempts } from './attempts.ts';
import { type Delivery, isDue, isHopeless, NEVER, newDelivery } from './delivery.ts';
import { leasedDeliveries } from './leased-deliveries.ts';

/** What it takes to deliver closes. */
export interface CloseDeliveryDeps {
  readonly store: SessionStore;
  readonly now: () => number;
  /** How often to look for closed sessions, in milliseconds. */
  readonly sweepInterval: number;
  /**
   * Tells the host that a session is over. It is tried again when it rejects. Without it no close is claimed: it may be
   * another process's to deliver.
   */
  readonly deliver: ((session: MediaSession) => Promise<unknown>) | undefined;
  /** Told of each failure, in the store or in `deliver`. Never rejects, and no delivery waits for it. */
  readonly onFailure: (during: string, error: unknown) => Promise<void>;
}

/** The part of a collector that notices closed sessions and has each delivered once. */
export interface CloseDelivery {
  /**
   * Called with every call: looks for closed sessions when it is time to, on a platform whose timers cannot
   * be relied on. Workers allow none outside a request, and end those of a request with it.
   */
  onCall(waitUntil: WaitUntil | undefined): void;
  /** Stops looking, after one last look: delivers all that is due, waits for what is under way. */
  stop(): Promise<void>;
}

/** How long a close is this process's to deliver, in milliseconds. When it dies, another goes on after that. */
const LEASE = 60_000;

export function startCloseDelivery({
  store,
  now,
  sweepInterval,
  deliver,
  onFailure,
}: CloseDeliveryDeps): CloseDelivery {
  const leased = leasedDeliveries();
  const attempts = deliveryAttempts({
    store,
    now,
    leased,
    deliver: deliver ?? noDelivery,
    report,
    isLast: () => stopping,
    onEnd() {
      if (more) void sweep();
    },
  });
  const reporting = new Set<Promise<void>>(); // the failures that are being reported
  let more = false; // whether there is more to do as soon as an attempt ends
  let isCrowded = false; // whether a close that is due waits for room
  let stopping = false;
  let sweeping: Promise<void> | undefined;
  let sweptAt = Number.NEGATIVE_INFINITY;

  function sweep(): Promise<void> {
    sweptAt = now();
    sweeping ??= (deliver ? claim().then(retry) : forget())
      .catch((error) => report('store', error))
      .finally(() => {
        sweeping = undefined;
      });
    return sweeping;
  }

  /** Has the store forget what is past its retention. */
  async function forget(): Promise<void> {
    await store.claimClosed(now(), LEASE, 0);
  }

  /** Takes closed sessions from the store as long as there is room to deliver them. */
  async function claim(): Promise<void> {
    do {
      if (isCrowded) return;
      const room = leased.hasRoom ? attempts.free : 0;
      if (room <= 0) return;
      const at = now();
      const sessions = await store.claimClosed(at, LEASE, room);
      more = sessions.length === room;
      for (const session of sessions) accept(session, at + LEASE);
      if (more) await yieldToEventLoop();
    } while (more);
  }

  function accept(session: MediaSession, leasedUntil: number): void {
    const known = leased.renew(session.sid, leasedUntil);
    if (known) {
      if (stopping && known.nextAttempt !== NEVER) known.nextAttempt = lastAttempt(known);
      return; // it is tried when its pause is over
    }
    const delivery = newDelivery(session, leasedUntil);
    leased.add(delivery);
    startIfRoom(delivery);
  }

  /** Starts an attempt, unless one that is due waits for room already: so a long session has its turn. */
  function startIfRoom(delivery: Delivery): void {
    isCrowded ||= !attempts.hasRoomFor(delivery);
    if (isCrowded) more = true;
    else attempts.start(delivery);
  }

  /** When a close is tried while the process stops: now, unless it is hopeless and one of very many. */
  function lastAttempt(delivery: Delivery): number {
    return isHopeless(delivery) && leased.isCrowded ? NEVER : 0;
  }

  /** Tries again what failed before, and lets go of what is no longer leased to us. */
  function retry(): void {
    const at = now();
    isCrowded = false;
    for (const delivery of leased) {
      const isLeased = at < delivery.leasedUntil;
      if (delivery.running) {
        if (!isLeased && !delivery.overdue) stopCounting(delivery);
      } else if (!isLeased) {
        if (!stopping) leased.expire(delivery); // kept, it still takes up room: a stop ends however many fail
      } else if (isDue(delivery, at)) {
        startIfRoom(delivery);
      }
    }
  }

  function stopCounting(delivery: Delivery): void {
    attempts.stopCounting(delivery);
    const message = `The close of ${delivery.session.sid} has been under way for over ${LEASE / 1000} s; others go on; see docs/reports.md#delivery`;
    report('onSessionClose', new Error(message));
  }

  function report(during: string, error: unknown): void {
    const reported = onFailure(during, error).finally(() => reporting.delete(reported));
    reporting.add(reported);
  }

  const timer = startTimer(sweep, sweepInterval);
  if (timer) void sweep();

  /** Resolves once nothing is under way; an attempt that ends may have started more. */
  async function settled(): Promise<void> {
    while (sweeping || attempts.underWay.size > 0) await Promise.all([sweeping, ...attempts.underWay]);
  }

  return {
    onCall(waitUntil) {
      if (timer && !waitUntil) return;
      const sinceSweep = now() - sweptAt; // below 0 when the clock was set back
      if (sinceSweep >= 0 && sinceSweep < sweepInterval) return;
      void sweep();
      try {
        waitUntil?.(settled().then(() => Promise.all(reporting)));
      } catch (refusal) {
        report('waitUntil', refusal);
      }
    },

    async stop() {
      clearInterval(timer);
      stopping = true; // from now on each is tried once
      for (const delivery of leased) delivery.nextAttempt = lastAttempt(delivery);
      await sweeping;
      more = true; // so each attempt that ends starts others, and those need not wait for one that never ends
      void sweep();
      await settled();
      await sweep();
      await settled();
    },
  };
}

/** Stands in where nothing is claimed, and so nothing delivered. */
async function noDelivery(): Promise<void> {}

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
