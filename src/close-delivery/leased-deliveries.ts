import { type Delivery, isHopeless } from './delivery.ts';

/** How many closes that are not hopeless may wait. When there are more, the host is down, and no more are claimed. */
const MAX_WAITING = 1000;
/**
 * How many closes are leased in all, hopeless ones too: while they are leased the store gives out others. As many
 * expired ones are remembered, so that their attempts still count when they are claimed again.
 */
const MAX_LEASED = 50_000;

/** The deliveries that this process holds a lease of, each from its claim until it is settled or the lease runs out. */
export interface LeasedDeliveries extends Iterable<Delivery> {
  /** Whether more may be claimed. */
  readonly hasRoom: boolean;
  /** Whether there are so many that a stop leaves the hopeless ones to the store. */
  readonly isCrowded: boolean;
  add(delivery: Delivery): void;
  /** Takes back what was claimed before, with its new lease; undefined when it was not, or is forgotten. */
  renew(sid: string, leasedUntil: number): Delivery | undefined;
  /** Removes a delivery that is settled. */
  release(delivery: Delivery): void;
  /** Removes a delivery whose lease ran out, and remembers its attempts. */
  expire(delivery: Delivery): void;
  /** Sets how many attempts of a delivery failed. */
  setAttempts(delivery: Delivery, attempts: number): void;
}

export function leasedDeliveries(): LeasedDeliveries {
  const leased = new Map<string, Delivery>(); // by sid
  const expired = new Map<string, Delivery>(); // by sid
  let waiting = 0; // how many of the leased are not hopeless

  function add(delivery: Delivery): void {
    leased.set(delivery.session.sid, delivery);
    if (!isHopeless(delivery)) waiting += 1;
  }

  function release(delivery: Delivery): void {
    leased.delete(delivery.session.sid);
    if (!isHopeless(delivery)) waiting -= 1;
  }

  return {
    [Symbol.iterator]: () => leased.values(),

    get hasRoom() {
      return waiting < MAX_WAITING && leased.size < MAX_LEASED;
    },

    get isCrowded() {
      return leased.size > MAX_WAITING;
    },

    add,

    renew(sid, leasedUntil) {
      const known = leased.get(sid) ?? expired.get(sid);
      if (known === undefined) return undefined;
      known.leasedUntil = leasedUntil;
      if (expired.delete(sid)) add(known);
      return known;
    },

    release,

    expire(delivery) {
      release(delivery);
      expired.set(delivery.session.sid, delivery);
      if (expired.size <= MAX_LEASED) return;
      const [oldest = ''] = expired.keys();
      expired.delete(oldest);
    },

    setAttempts(delivery, attempts) {
      const wasHopeless = isHopeless(delivery);
      delivery.attempts = attempts;
      if (!wasHopeless && isHopeless(delivery)) waiting -= 1;
    },
  };
}
