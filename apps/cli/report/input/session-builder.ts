import { advanceSession, DEFAULT_TIMEOUTS, open } from '../../../../src/session/lifecycle.ts';
import type { MediaSession, StoredEvent } from '../../../../src/session/session.ts';
import { BadInput } from '../../errors.ts';
import type { InputSession } from './input.ts';

/** Puts the sessions of an input together while it is read. Each has the name that the input calls it. */
export interface SessionBuilder {
  has(name: string): boolean;
  /** Opens a session by its sessionStart. Its id is its name, unless another is given. */
  open(name: string, start: StoredEvent, known?: Partial<Pick<MediaSession, 'sid' | 'edge'>>): void;
  /** Adds a session that came as a whole. It replaces one of the same name. */
  add(name: string, session: InputSession): void;
  /**
   * Adds the event that came next to a session. The event was stored once, so the session was open, whatever its
   * deadline says. Throws a BadInput with the place of an event whose session nothing opened, and then leaves out the
   * others of that session silently: a recording that began late may have thousands.
   */
  append(name: string, stored: StoredEvent, place: string): void;
  /** All sessions, in the order in which they were opened or added. */
  sessions(): readonly InputSession[];
}

export function sessionBuilder(): SessionBuilder {
  const sessions = new Map<string, { session: MediaSession; readonly events: StoredEvent[] }>();
  const unopened = new Set<string>();

  return {
    has: (name) => sessions.has(name),

    open(name, start, known = {}) {
      sessions.set(name, { session: { ...open(name, start, DEFAULT_TIMEOUTS), ...known }, events: [start] });
    },

    add(name, { session, events }) {
      sessions.set(name, { session, events: [...events] });
    },

    append(name, stored, place) {
      const known = sessions.get(name);
      if (known !== undefined) {
        known.session = advanceSession(known.session, stored, DEFAULT_TIMEOUTS);
        known.events.push(stored);
      } else if (!unopened.has(name)) {
        unopened.add(name);
        throw new BadInput(`${place} is for session ${name}, which no sessionStart before it opened`);
      }
    },

    sessions: () => [...sessions.values()],
  };
}
