import type { StoredEvent } from '../../session/session.ts';

/**
 * How far, in milliseconds, an event may be from the level of its stretch, and how long a level takes to be held: the
 * hosted service's ordering window (decided here).
 */
export const TOLERANCE = 5000;

/** Events of which the clock of the client, as far as is known, ran on. */
export interface Stretch {
  /** The place of its first event in the order of arrival: where the clock may have been set. */
  readonly first: number;
  /** The least delay of its events in milliseconds: the network only adds to it, so it shows the clock. */
  level: number;
  /**
   * Whether the level is, or once was, held: two events within the tolerance of it arrived further apart than that. A
   * queue that was flushed at once holds none.
   */
  isHeld: boolean;
  /** Until then, the places of the events with a delay below all before them: the earliest near any level is one. */
  readonly lows: number[];
}

/** The time from an event to its arrival, in milliseconds by two clocks. */
export function delayOf({ event, receivedAt }: StoredEvent): number {
  return receivedAt - event.playerTime.ts;
}

/** A stretch that begins with an event. */
export function stretchFrom(first: number, events: readonly StoredEvent[]): Stretch {
  const stretch: Stretch = { first, level: Number.POSITIVE_INFINITY, isHeld: false, lows: [] };
  addTo(stretch, first, events);
  return stretch;
}

/** Adds the next event to a stretch. It may lower the level, by however much, and may be the one that holds it. */
export function addTo(stretch: Stretch, index: number, events: readonly StoredEvent[]): void {
  const at = events[index];
  if (at === undefined) return;
  const delay = delayOf(at);
  const isLower = delay < stretch.level;
  if (isLower) stretch.level = delay;
  if (stretch.isHeld || delay > stretch.level + TOLERANCE) return;
  if (isLower) stretch.lows.push(index);
  stretch.isHeld = at.receivedAt - (earliestNearLevel(stretch, events)?.receivedAt ?? at.receivedAt) > TOLERANCE;
  if (stretch.isHeld) stretch.lows.length = 0;
}

/** A level only falls, so an event that it left behind is never near it again. */
function earliestNearLevel(stretch: Stretch, events: readonly StoredEvent[]): StoredEvent | undefined {
  const near = stretch.lows.findIndex((index) => {
    const at = events[index];
    return at !== undefined && delayOf(at) <= stretch.level + TOLERANCE;
  });
  if (near > 0) stretch.lows.splice(0, near);
  const [earliest] = stretch.lows;
  return earliest === undefined ? undefined : events[earliest];
}
