import { truncate } from '../common/text.ts';
import { bytesOf } from './answer-bytes.ts';

/** How much is shown of each text, in characters, and of each list or object, in entries. */
interface Limits {
  readonly text: number;
  readonly entries: number;
}

/** From the most to the least that is shown, as far as it takes for all of it to fit. */
const STEPS: readonly Limits[] = [
  { text: 60_000, entries: 5_000 },
  { text: 8_000, entries: 1_000 },
  { text: 1_000, entries: 250 },
  { text: 250, entries: 60 },
  { text: 50, entries: 20 },
];
const LAST = { text: 20, entries: 5 };

/** The most bytes of two brackets, and of saying what is missing between them. */
const MARKS = 30;

/** A JSON value as far as it is shown. */
export interface Shown<Value> {
  readonly value: Value;
  /** Whether that is all of it. What is missing is said where it is: a text ends in `…`, a list in `… 5 more`. */
  readonly isWhole: boolean;
}

/** A copy of a JSON value that has at most so many bytes as JSON in UTF-8, for `maxBytes` of 1000 or more. */
export function shorten<Value>(value: Value, maxBytes: number): Shown<Value> {
  for (const limits of STEPS) {
    const { fits, shown } = shortenTo(value, limits, maxBytes);
    if (fits) return shown;
  }
  return shortenTo(value, LAST, maxBytes).shown;
}

/** Stops where the bytes are used up, so that it works no more than it may show. */
function shortenTo<Value>(
  value: Value,
  limits: Limits,
  maxBytes: number,
): { readonly fits: boolean; readonly shown: Shown<Value> } {
  let left = maxBytes - 2 * MARKS; // of what is begun while there is a byte left
  let isWhole = true;

  function textOf(text: string): string {
    const shown = text.length > limits.text ? `${truncate(text, limits.text)}…` : text;
    if (shown !== text) isWhole = false;
    return shown;
  }

  function pay(json: string | undefined): boolean {
    left -= bytesOf(json ?? 'null') + 1; // what JSON cannot say is null in a list; a comma or a colon
    return left >= 0;
  }

  function copy(from: unknown): unknown {
    if (typeof from === 'string') return paid(textOf(from));
    if (typeof from !== 'object' || from === null) return paid(from);
    left -= MARKS;
    return Array.isArray(from) ? copyList(from) : copyObject(from as Readonly<Record<string, unknown>>); // of JSON
  }

  function paid(scalar: unknown): unknown {
    if (pay(JSON.stringify(scalar))) return scalar;
    isWhole = false;
    return '…';
  }

  function copyList(from: readonly unknown[]): unknown[] {
    const shown: unknown[] = [];
    for (const member of from) {
      if (shown.length >= limits.entries || left < 0) break;
      shown.push(copy(member));
    }
    if (shown.length < from.length) {
      shown.push(`… ${from.length - shown.length} more`);
      isWhole = false;
    }
    return shown;
  }

  function copyObject(from: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    const shown: Record<string, unknown> = Object.create(null); // a member may be named __proto__
    let count = 0;
    const keys = Object.keys(from);
    for (const key of keys) {
      if (count >= limits.entries || left < 0) break;
      if (from[key] === undefined) continue;
      if (!pay(JSON.stringify(textOf(key)))) break;
      shown[textOf(key)] = copy(from[key]);
      count += 1;
    }
    const more = count < keys.length && keys.filter((key) => from[key] !== undefined).length - count;
    if (more) {
      shown['…'] = `${more} more`;
      isWhole = false;
    }
    return shown;
  }

  const copied = copy(value) as Value; // of the same shape; what is missing is named by texts
  return { fits: left >= 0, shown: { value: copied, isWhole } };
}
