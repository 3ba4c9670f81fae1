import { type DeadlineWheel, UNSCHEDULED } from './deadline-wheel.ts';
import type { HeldSession } from './held-sessions.ts';
import { queue } from './queue.ts';

/** Tells which closed sessions are forgotten. Where closes are claimed, that is none whose close is not settled. */
export interface MemoryRetention {
  noteTime(now: number): void;
  /** Records that closes are claimed. */
  noteClaims(): void;
  /** @param now As it was told last, unless the caller knows better. */
  isForgotten(held: HeldSession, now?: number): boolean;
  settle(held: HeldSession): void;
  /** Takes the closed session that is to be forgotten first where there is no room; undefined when all must be kept. */
  takeOldest(now: number): HeldSession | undefined;
  /** Takes the sessions whose retention is over, as they are asked for; undefined where the caller may pause. */
  takeForgotten(now: number): Generator<HeldSession | undefined, void, undefined>;
}

/**
 * @param wheel Finds the sessions whose close is not settled.
 * @param retentionMs How long a closed session is remembered.
 */
export function memoryRetention(wheel: DeadlineWheel<HeldSession>, retentionMs: number): MemoryRetention {
  const settled = queue<HeldSession>();
  let closesAreClaimed = false;
  let toldTime = Number.NEGATIVE_INFINITY;

  function isForgotten(held: HeldSession, now = toldTime): boolean {
    return (held.settled || !closesAreClaimed) && now >= held.deadline + retentionMs;
  }

  /** Takes a closed session out of the wheel. Only where nobody claims closes: else its close is to be delivered. */
  function takeClosed(now: number): HeldSession | undefined {
    for (const held of wheel.due(now)) if (held) return held;
    return undefined;
  }

  return {
    noteTime(now) {
      toldTime = now;
    },

    noteClaims() {
      closesAreClaimed = true;
    },

    isForgotten,

    settle(held) {
      if (held.settled) return;
      held.settled = true;
      held.slot = UNSCHEDULED;
      settled.push(held);
    },

    takeOldest: (now) => settled.shift() ?? (closesAreClaimed ? undefined : takeClosed(now)),

    *takeForgotten(now) {
      for (let oldest = settled.peek(); oldest && isForgotten(oldest, now); oldest = settled.peek()) {
        settled.shift();
        yield oldest;
      }
      if (!closesAreClaimed) yield* wheel.due(now - retentionMs);
    },
  };
}
