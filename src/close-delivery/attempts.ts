import type { MediaSession } from '../session/session.ts';
import { isStoreUnavailable, type SessionStore } from '../session/store.ts';
import { type Delivery, HOPELESS, NEVER, pauseAfter } from './delivery.ts';
import type { LeasedDeliveries } from './leased-deliveries.ts';

/** What it takes to try deliveries. */
export interface AttemptsDeps {
  readonly store: Pick<SessionStore, 'settle'>;
  readonly now: () => number;
  readonly leased: LeasedDeliveries;
  /** Tells the host that a session is over. */
  readonly deliver: (session: MediaSession) => Promise<unknown>;
  /** Whether what fails now is tried no more. */
  readonly isLast: () => boolean;
  /** Told of each failure, in the store or in `deliver`. */
  readonly report: (during: string, error: unknown) => void;
  /** Called as soon as an attempt has ended. */
  readonly onEnd: () => void;
}

/**
 * Runs attempts to deliver closes: at the same time a bounded number, of sessions that are not too long together, since each
 * is whole in memory. Those that take too long do not count.
 */
export interface Attempts {
  /** How many may start now, if they are short. */
  readonly free: number;
  /** Tells whether an attempt may start now, beside those under way. */
  hasRoomFor(delivery: Delivery): boolean;
  /** The attempts that have not ended. None of them rejects. */
  readonly underWay: ReadonlySet<Promise<void>>;
  start(delivery: Delivery): void;
  /** Stops counting an attempt that takes too long, so that it holds up no other. It may still succeed. */
  stopCounting(delivery: Delivery): void;
}

/** How many attempts run at the same time, not counting those that take too long. */
const PARALLEL = 50;
/** The `length` of all their sessions together, unless one alone has more. */
const MAX_LENGTH = 16 * 1024 * 1024;

export function deliveryAttempts({ store, now, leased, deliver, isLast, report, onEnd }: AttemptsDeps): Attempts {
  const underWay = new Set<Promise<void>>();
  let busy = 0; // how many of them count
  let busyLength = 0; // that of their sessions

  async function attempt(delivery: Delivery): Promise<void> {
    const { session } = delivery;
    try {
      if (!delivery.delivered) await deliver(session);
      delivery.delivered = true; // if only settling fails, only settling is tried again
      await store.settle(session.sid);
      leased.release(delivery);
    } catch (error) {
      delivery.nextAttempt = isLast() ? NEVER : now() + pauseAfter(delivery);
      leased.setAttempts(delivery, delivery.attempts + 1);
      const isStores = delivery.delivered || isStoreUnavailable(error);
      report(isStores ? 'store' : 'onSessionClose', error);
    }
  }

  function discount({ session }: Delivery): void {
    busy -= 1;
    busyLength -= session.length;
  }

  return {
    underWay,

    get free() {
      return PARALLEL - busy;
    },

    hasRoomFor: ({ session }) => busy === 0 || (busy < PARALLEL && busyLength + session.length <= MAX_LENGTH),

    start(delivery) {
      busy += 1;
      busyLength += delivery.session.length;
      delivery.running = true;
      const attempted = attempt(delivery).finally(() => {
        underWay.delete(attempted);
        if (!delivery.overdue) discount(delivery);
        delivery.running = false;
        delivery.overdue = false;
        onEnd();
      });
      underWay.add(attempted);
    },

    stopCounting(delivery) {
      delivery.overdue = true;
      discount(delivery);
      leased.setAttempts(delivery, Math.max(delivery.attempts, HOPELESS));
    },
  };
}
