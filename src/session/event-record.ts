import { countValues } from '../common/json.ts';
import { knownPlayhead } from '../wire/events.ts';
import type { NewEvent } from './session.ts';

/**
 * All that a store needs of an event, taken at the call: its sender may change the object while the event waits to be
 * written.
 */
export interface EventRecord {
  /** When it was received, in Unix milliseconds. */
  readonly receivedAt: number;
  /** The JSON text to be kept. */
  readonly text: string;
  /** What it adds to the `length` of its session. */
  readonly length: number;
  /** In seconds; null when it is unknown. */
  readonly playhead: number | null;
  readonly endsSession: boolean;
}

/**
 * What a value counts for at least, in characters. Parsed, it takes memory however short its text: `{}` has 2
 * characters, and an object takes 56 bytes.
 */
export const CHARACTERS_PER_VALUE = 12;

/** Takes the record of an event. */
export function recordOf(newEvent: NewEvent): EventRecord {
  const { event, receivedAt } = newEvent;
  const text = eventText(newEvent);
  return {
    receivedAt,
    text,
    length: Math.max(text.length, CHARACTERS_PER_VALUE * countValues(event)),
    playhead: knownPlayhead(event) ?? null,
    endsSession: event.eventType === 'sessionEnd',
  };
}

/** What several events add to the length of their session. */
export function lengthOf(records: readonly EventRecord[]): number {
  let sum = 0;
  for (const { length } of records) sum += length;
  return sum;
}

/**
 * The text an event came as, where UTF-8 can hold it. A lone surrogate has no UTF-8 and would be lost on the way to a
 * file or a server; `JSON.stringify` writes its escape.
 */
function eventText({ event, json }: NewEvent): string {
  return json?.isWellFormed() ? json : JSON.stringify(event);
}
