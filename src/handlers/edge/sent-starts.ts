import { boundedMap } from '../../common/bounded-map.ts';
import { isPromise, type MaybePromise } from '../../common/maybe-promise.ts';

/** How long a start is remembered, in milliseconds: SDKs send one again within seconds, after an outage within minutes. */
const MEMORY = 600_000;

/** The most starts that are remembered: at least so many of the last. */
const SIZE = 20_000;

/** The longest name of a start: a UUID has 36 characters. */
const MAX_LENGTH = 128;

/** A start, by what tells it from others. */
interface SentStart {
  /** What the client calls it: its request, or the event itself. It sends one of these again, and the other anew. */
  readonly names: readonly string[];
  /** When it happened by its own word, in Unix milliseconds. Two of one name that differ here are two. */
  readonly ts: number | undefined;
}

/** The starts of the last ten minutes, so that one that is sent again opens no second session. */
export interface SentStarts {
  /**
   * The session of a start: the one it opened before, once that is stored, or a new one. One that could not be stored
   * is forgotten, so that the next try opens it.
   */
  open(start: SentStart, now: number, create: () => Opening): MaybePromise<string>;
}

/** A session that is being stored. */
interface Opening {
  readonly sid: string;
  readonly stored: MaybePromise<void>;
}

interface Remembered {
  readonly sid: string;
  readonly ts: number | undefined;
  readonly at: number;
  /** Undefined once it is stored. */
  underWay: Promise<void> | undefined;
  failed: boolean;
}

export function sentStarts(): SentStarts {
  const byName = boundedMap<Remembered>(SIZE);

  return {
    open({ names, ts }, now, create) {
      const usable = names.filter((name) => name.length <= MAX_LENGTH);
      for (const name of usable) {
        const known = byName.get(name);
        if (known === undefined || known.failed || known.ts !== ts || now - known.at >= MEMORY) continue;
        return known.underWay ? known.underWay.then(() => known.sid) : known.sid;
      }
      const { sid, stored } = create();
      const started: Remembered = { sid, ts, at: now, underWay: undefined, failed: false };
      if (usable.length === 0) return isPromise(stored) ? stored.then(() => sid) : sid;
      for (const name of usable) byName.set(name, started);
      if (!isPromise(stored)) return sid;
      started.underWay = stored.then(
        () => {
          started.underWay = undefined;
        },
        (error: unknown) => {
          started.failed = true;
          throw error;
        },
      );
      return started.underWay.then(() => sid);
    },
  };
}
