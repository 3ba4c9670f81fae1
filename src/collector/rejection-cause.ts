import { documentedPath } from '../wire/documented-path.ts';
import type { EventType } from '../wire/event-types.ts';
import type { ValidationMode } from '../wire/field.ts';
import type { RejectedReply } from '../wire/replies.ts';
import { milderThan } from './milder-mode.ts';

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

/** The causes of rejections, and how many sessions each key has lost: their starts were rejected. */
export interface RejectionCauses {
  /** Counts a session that a rejected start lost. */
  countLost(reply: RejectedReply): void;
  /** Finds the cause of a rejection; of a start's, after that is counted. */
  causeOf(reply: RejectedReply, endpoint: string | undefined, body: unknown): RejectionCause | undefined;
}

/** @param mode How closely bodies are checked. */
export function rejectionCauses(mode: ValidationMode): RejectionCauses {
  const lostBy = new Map<string, number>(); // of bounded size: the documentation has some hundred paths
  const findMilder = milderThan(mode);

  return {
    countLost({ reasons }) {
      const [first] = reasons?.errors ?? [];
      if (first === undefined) return;
      const path = documentedPath(first.path);
      lostBy.set(path, (lostBy.get(path) ?? 0) + 1);
    },

    causeOf({ reasons }, endpoint, body) {
      const [first] = reasons?.errors ?? [];
      if (reasons === undefined || first === undefined) return undefined;
      const { eventType, mismatch, more } = reasons;
      const path = documentedPath(first.path);
      const isSessionLost = isStart(endpoint);
      // No player has more wrong with its events than is listed, and a hostile one is not worth another look.
      const milder = mismatch && more === 0 ? findMilder(endpoint, body) : undefined;
      const kept = isSessionLost ? 'session' : 'event';
      return {
        ...(eventType && { eventType }),
        path,
        ...mismatch,
        isSessionLost,
        sessionsLost: lostBy.get(path) ?? 0,
        ...(milder && { hint: `mend the player; until then validation: '${milder}' keeps the ${kept}` }),
      };
    },
  };
}

/** Tells whether an endpoint starts sessions. */
export function isStart(endpoint: string | undefined): boolean {
  return endpoint === 'sessions' || endpoint === 'downloaded';
}
