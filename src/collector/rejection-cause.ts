import { documentedPath } from '../wire/documented-path.ts';
import type { EventType } from '../wire/event-types.ts';
import type { RejectedReply } from '../wire/replies.ts';

/** What is wrong first with a body that is malformed, for whoever mends the player. */
export interface RejectionCause {
  /** The type of the event that is wrong; absent where the API has no such type. */
  readonly eventType?: EventType;
  /** Which key, as a JSONPath of the event. What the client named itself is told by the object it is in. */
  readonly path: string;
  /** The JSON type that was got, or `nothing`; absent where the body as a whole is wrong. */
  readonly got?: string;
  /** What was expected there; absent where the body as a whole is wrong. */
  readonly expected?: string;
  /** Whether no session started because of it. */
  readonly isSessionLost: boolean;
  /** How many sessions did not start because of this key since the collector was made, this one included. */
  readonly sessionsLost: number;
  /** What to do until the player is mended; only where another `validation` would have taken the body. */
  readonly hint?: string;
}

/** The causes of rejections, and the sessions that were lost by each key: their starts were rejected. */
export interface RejectionCauses {
  /** Counts a rejection. */
  count(reply: RejectedReply, isSessionLost: boolean): void;
  /** Finds the cause of one that is counted. */
  causeOf(reply: RejectedReply, isSessionLost: boolean): RejectionCause | undefined;
}

export function rejectionCauses(): RejectionCauses {
  const lostBy = new Map<string, number>(); // of bounded size: the documentation has some hundred paths

  return {
    count({ reasons }, isSessionLost) {
      const [first] = reasons?.errors ?? [];
      if (first === undefined || !isSessionLost) return;
      const path = documentedPath(first.path);
      lostBy.set(path, (lostBy.get(path) ?? 0) + 1);
    },

    causeOf({ reasons }, isSessionLost) {
      const [first] = reasons?.errors ?? [];
      if (reasons === undefined || first === undefined) return undefined;
      const { eventType, mismatch, takenBy } = reasons;
      const path = documentedPath(first.path);
      const milder = takenBy?.() ?? 'none';
      const kept = isSessionLost ? 'session' : 'event';
      return {
        ...(eventType && { eventType }),
        path,
        ...mismatch,
        isSessionLost,
        sessionsLost: lostBy.get(path) ?? 0,
        ...(milder !== 'none' && { hint: `mend the player; until then validation: '${milder}' keeps the ${kept}` }),
      };
    },
  };
}
