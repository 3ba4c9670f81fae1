import { type Delivery, isHopeless } from './delivery.ts';

/** How many closes that are not hopeless may wait. When there are more, the host is down, and no more are claimed. */
const MAX_WAITING = 1000;
/**
 * How many closes are held in all, hopeless ones too: while they are held the store gives out others. As many are
 * remembered whose lease ran out while they waited, so that their attempts still count when they are claimed again.
 */
const MAX_HELD = 50_000;

/** The deliveries that this process holds a lease of, each from its claim until it is settled or the lease runs out. */
export interface LeasedDeliveries extends Iterable<Delivery> {
  /** Whether more may be claimed. */
  readonly hasRoom: boolean;
  /** Whether there are so many that a stop leaves the hopeless ones to the store. */
  readonly isCrowded: boolean;
  add(delivery: Delivery): void;
  /** Holds what was claimed before with its new lease, and gives it; undefined when it was not, or is forgotten. */
  renew(sid: string, leasedUntil: number): Delivery | undefined;
  /** Lets go of what is settled. */
  release(delivery: Delivery): void;
  /** Lets go of what is no longer leased, and remembers its attempts. */
  expire(delivery: Delivery): void;
  /** Takes note of how many attempts of a delivery failed. */
  setAttempts(delivery: Delivery, attempts: number): void;
}

export function leasedDeliveries(): LeasedDeliveries {
  const held = new Map<string, Delivery>(); // by sid
  const lapsed = new Map<string, Delivery>(); // by sid, those whose lease ran out while they waited
  let waiting = 0; // how many of those held are not hopeless

  function add(delivery: Delivery): void {
    held.set(delivery.session.sid, delivery);
    if (!isHopeless(delivery)) waiting += 1;
  }

  function release(delivery: Delivery): void {
    held.delete(delivery.session.sid);
    if (!isHopeless(delivery)) waiting -= 1;
  }

  return {
    [Symbol.iterator]: () => held.values(),

    get hasRoom() {
      return waiting < MAX_WAITING && held.size < MAX_HELD;
    },

    get isCrowded() {
      return held.size > MAX_WAITING;
    },

    add,

    renew(sid, leasedUntil) {
      const known = held.get(sid) ?? lapsed.get(sid);
      if (known === undefined) return undefined;
      known.leasedUntil = leasedUntil;
      if (lapsed.delete(sid)) add(known);
      return known;
    },

    release,

    expire(delivery) {
      release(delivery);
      lapsed.set(delivery.session.sid, delivery);
      if (lapsed.size <= MAX_HELD) return;
      const [oldest = ''] = lapsed.keys();
      lapsed.delete(oldest);
    },

    setAttempts(delivery, attempts) {
      const wasHopeless = isHopeless(delivery);
      delivery.attempts = attempts;
      if (!wasHopeless && isHopeless(delivery)) waiting -= 1;
    },
  };
}
