import type { UnexpectedValue } from '../../wire/standard-event.ts';

/** The values of a session whose type is unexpected, as they are found. */
export interface UnexpectedValues<Event> {
  /** The event of each, in the order of arrival. */
  readonly events: readonly Event[];
  /** Adds those of an event. */
  add(at: Event, values: readonly (() => UnexpectedValue)[]): void;
  /** Which keys they have, what was got and expected there, and how often: in a text of bounded length. */
  describe(): string;
}

/** How many different ones are told apart; of the rest is only said that there are more. */
const MAX_KEYS = 5;

/** How many values of one event are looked at for that: a client may send a hundred thousand. */
const MAX_DESCRIBED = 100;

export function unexpectedValues<Event>(): UnexpectedValues<Event> {
  const events: Event[] = [];
  const counts = new Map<string, number>();
  let others = 0;

  function count({ path, got, expected }: UnexpectedValue): void {
    const text = `${path.slice(2)} got ${got}, expected ${expected}`; // without the `$.` of the event itself
    const known = counts.get(text);
    if (known === undefined && counts.size === MAX_KEYS) others += 1;
    else counts.set(text, (known ?? 0) + 1);
  }

  return {
    events,
    add(at, values) {
      for (const describe of values.slice(0, MAX_DESCRIBED)) count(describe());
      others += Math.max(0, values.length - MAX_DESCRIBED);
      for (let left = values.length; left > 0; left--) events.push(at);
    },
    describe() {
      const texts = [...counts].map(([text, count]) => (count === 1 ? text : `${text} (${count} times)`));
      return [...texts, ...(others > 0 ? [`${others} more`] : [])].join('; ');
    },
  };
}
