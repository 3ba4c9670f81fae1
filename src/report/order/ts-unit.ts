import type { StoredEvent } from '../../session/session.ts';

/** The units that clients send `ts` in by mistake. */
export type WrongUnit = 'seconds' | 'microseconds';

/** Tells `ts` in a unit from milliseconds: whether an event may have one, and what shows that it has. */
interface Unit {
  readonly name: WrongUnit;
  readonly isPossible: (event: StoredEvent) => boolean;
  /** Takes the time from the first such event to the last: by their `ts` as sent, and by their arrivals in ms. */
  readonly isShown: (sent: number, arrived: number) => boolean;
}

const UNITS: readonly Unit[] = [
  {
    name: 'seconds', // 10^11 ms is 1973, and the server's clock shows that it is later
    isPossible: ({ event, receivedAt }) => event.playerTime.ts < 1e11 && receivedAt > 1e12,
    isShown: (sent, arrived) => arrived >= 500 * sent && arrived <= 2000 * sent,
  },
  {
    name: 'microseconds', // 10^14 ms is the year 5138
    isPossible: ({ event }) => event.playerTime.ts > 1e14,
    isShown: (sent, arrived) => sent >= 500 * arrived,
  },
];

/** Events closer together do not show a unit, in milliseconds. */
const LEAST_APART = 5000;

/** Finds the events with a `ts` in another unit, where the arrivals show that it is one. */
export function inWrongUnit<Event extends StoredEvent>(
  events: readonly Event[],
): { readonly unit: WrongUnit; readonly events: readonly Event[] } | undefined {
  for (const { name, isPossible, isShown } of UNITS) {
    const possible = events.filter(isPossible);
    const [first, last] = [possible[0], possible.at(-1)];
    if (first === undefined || last === undefined) continue;
    const arrived = last.receivedAt - first.receivedAt;
    const sent = last.event.playerTime.ts - first.event.playerTime.ts;
    if (arrived > LEAST_APART && isShown(sent, arrived)) return { unit: name, events: possible };
  }
  return undefined;
}
