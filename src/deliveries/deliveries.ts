import type { WaitUntil } from '../call.ts';
import { breathe } from '../session/breathe.ts';
import type { MediaSession } from '../session/session.ts';
import { type SessionStore, StoreUnavailable } from '../session/store.ts';

/** What it takes to deliver closes. */
export interface DeliveriesDeps {
  readonly store: SessionStore;
  readonly now: () => number;
  /** How often to look for closed sessions, in milliseconds. */
  readonly sweepInterval: number;
  /** Tells the host that a session is over. It is tried again when it rejects. */
  readonly deliver: (session: MediaSession) => Promise<unknown>;
  /** Told of each failure, in the store or in `deliver`. Never rejects, and no delivery waits for it. */
  readonly onFailure: (during: string, error: unknown) => Promise<void>;
}

/** The part of a collector that notices closed sessions and has each delivered once. */
export interface Deliveries {
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
  /** How many attempts failed. */
  attempts: number;
  /** When to try again, in Unix milliseconds. */
  nextAttempt: number;
  running: boolean;
  /** Whether the attempt under way has outlived its lease. It no longer counts as one of the `PARALLEL`. */
  overdue: boolean;
  /** Whether `deliver` succeeded, so that only the settling is left. */
  delivered: boolean;
}

/** How long a close is this process's to deliver, in milliseconds. When it dies, another goes on after that. */
const LEASE = 60_000;
/** How many closes are delivered at the same time, beside those that outlived their lease. */
const PARALLEL = 50;
/** After so many failures, which take half a minute, a close is hopeless: the fault is its own, not that of `deliver`. */
const HOPELESS = 5;
/** How many closes that are not hopeless may wait. When there are more, `deliver` is down, and no more are claimed. */
const MAX_WAITING = 1000;
/**
 * How many closes are held in all, hopeless ones too: while they are held the store gives out others. As many are
 * remembered whose lease ran out while they waited, so that their attempts still count when they are claimed again.
 */
const MAX_HELD = 50_000;
/** The next attempt of a close that failed while the process stops: each is tried only once then. */
const NEVER = Number.POSITIVE_INFINITY;
/** The longest pause between two attempts, in milliseconds. */
const MAX_PAUSE = 300_000;

export function startDeliveries({ store, now, sweepInterval, deliver, onFailure }: DeliveriesDeps): Deliveries {
  const deliveries = new Map<string, Delivery>(); // by sid, those that this process holds
  const lapsed = new Map<string, Delivery>(); // by sid, those whose lease ran out while they waited
  const running = new Set<Promise<void>>(); // the attempts under way
  const reporting = new Set<Promise<void>>(); // the failures that are being reported
  let waiting = 0; // how many of those it holds are not hopeless
  let busy = 0; // how many attempts count as `PARALLEL`
  let more = false; // whether there is more to do as soon as an attempt ends
  let stopping = false;
  let sweeping: Promise<void> | undefined;
  let sweptAt = Number.NEGATIVE_INFINITY;

  function sweep(): Promise<void> {
    sweptAt = now();
    sweeping ??= claim()
      .then(retry)
      .catch((error) => report('store', error))
      .finally(() => {
        sweeping = undefined;
      });
    return sweeping;
  }

  /** Takes closed sessions from the store as long as there is room to deliver them. */
  async function claim(): Promise<void> {
    do {
      const room = waiting < MAX_WAITING && deliveries.size < MAX_HELD ? PARALLEL - busy : 0;
      if (room <= 0) return;
      const at = now();
      const sessions = await store.claimClosed(at, LEASE, room);
      more = sessions.length === room;
      for (const session of sessions) accept(session, at + LEASE);
      if (more) await breathe();
    } while (more);
  }

  function accept(session: MediaSession, leasedUntil: number): void {
    const { sid } = session;
    const known = deliveries.get(sid) ?? lapsed.get(sid);
    if (known) {
      known.leasedUntil = leasedUntil; // still ours, or ours again; it is tried when its pause is over
      if (stopping && known.nextAttempt !== NEVER) known.nextAttempt = lastAttempt(known);
      if (lapsed.delete(sid)) hold(known);
      return;
    }
    const fresh = { attempts: 0, nextAttempt: 0, running: false, overdue: false, delivered: false };
    const delivery = { session, leasedUntil, ...fresh };
    hold(delivery);
    start(delivery);
  }

  function hold(delivery: Delivery): void {
    deliveries.set(delivery.session.sid, delivery);
    if (delivery.attempts < HOPELESS) waiting += 1;
  }

  function release(delivery: Delivery): void {
    deliveries.delete(delivery.session.sid);
    if (delivery.attempts < HOPELESS) waiting -= 1;
  }

  /** When a close is tried while the process stops: now, unless it is hopeless and one of very many. */
  function lastAttempt({ attempts }: Delivery): number {
    return attempts < HOPELESS || deliveries.size <= MAX_WAITING ? 0 : NEVER;
  }

  /** Tries again what failed before, and lets go of what is no longer leased to us. */
  function retry(): void {
    const at = now();
    for (const delivery of deliveries.values()) {
      const isLeased = at < delivery.leasedUntil;
      if (delivery.running) {
        if (!isLeased && !delivery.overdue) passOver(delivery);
      } else if (!isLeased) {
        if (!stopping) letGo(delivery); // kept, it still takes up room: a stop ends however many fail
      } else if (isDue(delivery, at)) {
        if (busy < PARALLEL) start(delivery);
        else more = true;
      }
    }
  }

  /** Has an attempt that takes too long hold up no other, however many such there are. It may still succeed. */
  function passOver(delivery: Delivery): void {
    delivery.overdue = true;
    busy -= 1;
    if (delivery.attempts < HOPELESS) {
      delivery.attempts = HOPELESS;
      waiting -= 1;
    }
    const message = `The close of ${delivery.session.sid} has been under way for over ${LEASE / 1000} s; others go on`;
    report('onSessionClose', new Error(message));
  }

  function letGo(delivery: Delivery): void {
    release(delivery);
    lapsed.set(delivery.session.sid, delivery);
    if (lapsed.size <= MAX_HELD) return;
    const [oldest = ''] = lapsed.keys();
    lapsed.delete(oldest);
  }

  function start(delivery: Delivery): void {
    busy += 1;
    delivery.running = true;
    const attempted = attempt(delivery).finally(() => {
      running.delete(attempted);
      if (!delivery.overdue) busy -= 1;
      delivery.running = false;
      delivery.overdue = false;
      if (more) void sweep();
    });
    running.add(attempted);
  }

  async function attempt(delivery: Delivery): Promise<void> {
    const { session } = delivery;
    try {
      if (!delivery.delivered) await deliver(session);
      delivery.delivered = true; // if only settling fails, only settling is tried again
      await store.settle(session.sid);
      release(delivery);
    } catch (error) {
      const pause = Math.min(1000 * 2 ** delivery.attempts, MAX_PAUSE);
      delivery.nextAttempt = stopping ? NEVER : now() + pause;
      delivery.attempts += 1;
      if (delivery.attempts === HOPELESS) waiting -= 1;
      const isStores = delivery.delivered || error instanceof StoreUnavailable;
      report(isStores ? 'store' : 'onSessionClose', error);
    }
  }

  function report(during: string, error: unknown): void {
    const reported = onFailure(during, error).finally(() => reporting.delete(reported));
    reporting.add(reported);
  }

  const timer = startTimer(sweep, sweepInterval);
  if (timer) void sweep();

  /** Resolves once nothing is under way; an attempt that ends may have started more. */
  async function settled(): Promise<void> {
    while (sweeping || running.size > 0) await Promise.all([sweeping, ...running]);
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
      for (const delivery of deliveries.values()) delivery.nextAttempt = lastAttempt(delivery);
      await sweeping;
      more = true; // so each attempt that ends starts others, and those need not wait for one that never ends
      void sweep();
      await settled();
      await sweep();
      await settled();
    },
  };
}

/** An attempt further ahead than any pause is due too: the clock was set back. */
function isDue({ nextAttempt }: Delivery, at: number): boolean {
  return at >= nextAttempt || (nextAttempt > at + MAX_PAUSE && nextAttempt !== NEVER);
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
