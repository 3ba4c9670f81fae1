import { boundedMap } from '../common/bounded-map.ts';

/** How long sessions are, in characters of their events' JSON, so that none grows without end. */
export interface SessionLengths {
  /** Tells whether a session takes no more events. */
  isFull(sid: string): boolean;
  /** Counts what was added to a session. */
  add(sid: string, length: number): void;
}

/**
 * Counts what this process adds to the sessions it met last, the 50,000 of them at least. One is full at `max` characters.
 *
 * @example
 * const lengths = sessionLengths(16 * 1024 * 1024); // one for all calls
 * await handleSessionEvent(sid, body, { store, lengths });
 */
export function sessionLengths(max: number): SessionLengths {
  const counters = boundedMap<{ length: number }>();
  return {
    isFull: (sid) => (counters.get(sid)?.length ?? 0) >= max,

    add(sid, length) {
      const counter = counters.get(sid);
      if (counter) counter.length += length;
      else counters.set(sid, { length });
    },
  };
}
