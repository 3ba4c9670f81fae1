import { each, find } from '../../common/list-work.ts';
import type { Work } from '../../common/work.ts';
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
export function* inWrongUnit<Event extends StoredEvent>(
  events: readonly Event[],
): Work<{ readonly unit: WrongUnit; readonly events: readonly Event[] } | undefined> {
  const isPossible = (at: Event) => UNITS.some((unit) => unit.isPossible(at));
  if ((yield* find(events, isPossible)) === undefined) return undefined;
  const possible = UNITS.map((unit): { unit: Unit; events: Event[] } => ({ unit, events: [] }));
  yield* each(events, (at) => {
    for (const { unit, events: own } of possible) if (unit.isPossible(at)) own.push(at);
  });
  const found = possible.find(({ unit, events: own }) => isShownBy(own, unit));
  return found && { unit: found.unit.name, events: found.events };
}

function isShownBy(events: readonly StoredEvent[], { isShown }: Unit): boolean {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return false;
  const arrived = last.receivedAt - first.receivedAt;
  return arrived > LEAST_APART && isShown(last.event.playerTime.ts - first.event.playerTime.ts, arrived);
}
