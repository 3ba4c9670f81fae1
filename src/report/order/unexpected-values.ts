import type { UnexpectedValue } from '../../wire/standard-event.ts';

/** The values of a session whose type is unexpected, as they are found. */
export interface UnexpectedValues<Event> {
  /** The event of each, in the order of arrival. */
  readonly events: readonly Event[];
  add(at: Event, value: UnexpectedValue): void;
  /** Which keys they have, what was got and expected there, and how often: in a text of bounded length. */
  describe(): string;
}

/** How many different ones are told apart; of the rest is only said that there are more. */
const MAX_KEYS = 5;

export function unexpectedValues<Event>(): UnexpectedValues<Event> {
  const events: Event[] = [];
  const counts = new Map<string, number>();
  let others = 0;

  return {
    events,
    add(at, { path, got, expected }) {
      events.push(at);
      const text = `${path.slice(2)} got ${got}, expected ${expected}`; // without the `$.` of the event itself
      const count = counts.get(text);
      if (count === undefined && counts.size === MAX_KEYS) others += 1;
      else counts.set(text, (count ?? 0) + 1);
    },
    describe() {
      const texts = [...counts].map(([text, count]) => (count === 1 ? text : `${text} (${count} times)`));
      return [...texts, ...(others > 0 ? [`${others} of other keys`] : [])].join('; ');
    },
  };
}
