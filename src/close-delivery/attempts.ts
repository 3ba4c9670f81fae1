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

/** The attempts to deliver closes: so many at the same time, and those beside them that take too long. */
export interface Attempts {
  /** How many may start now. */
  readonly free: number;
  /** Those that have not ended. None of them rejects. */
  readonly underWay: ReadonlySet<Promise<void>>;
  start(delivery: Delivery): void;
  /** Has an attempt that takes too long hold up no other, however many such there are. It may still succeed. */
  passOver(delivery: Delivery): void;
}

/** How many closes are delivered at the same time, beside those that are passed over. */
const PARALLEL = 50;

export function deliveryAttempts({ store, now, leased, deliver, isLast, report, onEnd }: AttemptsDeps): Attempts {
  const underWay = new Set<Promise<void>>();
  let busy = 0; // how many of them are not passed over

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

  return {
    underWay,

    get free() {
      return PARALLEL - busy;
    },

    start(delivery) {
      busy += 1;
      delivery.running = true;
      const attempted = attempt(delivery).finally(() => {
        underWay.delete(attempted);
        if (!delivery.overdue) busy -= 1;
        delivery.running = false;
        delivery.overdue = false;
        onEnd();
      });
      underWay.add(attempted);
    },

    passOver(delivery) {
      delivery.overdue = true;
      busy -= 1;
      leased.setAttempts(delivery, Math.max(delivery.attempts, HOPELESS));
    },
  };
}
