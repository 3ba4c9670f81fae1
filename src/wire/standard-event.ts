import type { EventType } from './event-types.ts';
import type { MediaEvent, StandardEvent } from './events.ts';
import { gotFor, type Rule, ruleOf } from './explain.ts';
import { subscript } from './json-path.ts';
import { eventSchemas } from './schemas.ts';

/** A value of an event that the standard schema does not admit, though the lenient one does. */
export interface UnexpectedValue {
  /** Where it stands, as a JSONPath. */
  readonly path: string;
  /** Its JSON type; `nothing` where the schema requires a value. */
  readonly got: string;
  /** What the schema admits, in words. */
  readonly expected: string;
}

/** A reading of events, which may be long. */
export interface Reading {
  /** How many values were read so far. */
  values: number;
  /** Told of each unexpected value, which is described when that is asked for: there may be very many. */
  readonly unexpected: (describe: () => UnexpectedValue) => void;
}

/**
 * An event without the values that have another type than the standard schema admits: a collector in lenient mode
 * keeps them as they came. The very event where there are none.
 *
 *     standardEvent(event).params['media.name']; // a string or undefined, never 7
 */
export function standardEvent(event: MediaEvent): StandardEvent {
  return readEvent(event, { values: 0, unexpected: () => {} });
}

/** The same, telling of each value that is left out. */
export function readEvent(event: MediaEvent, reading: Reading): StandardEvent {
  return readMembers(ruleFor(event.eventType), event, () => '$', reading) as StandardEvent; // its schema admits what is left
}

/** Stands for a value that is left out. */
const ABSENT = Symbol('absent');

/** An object without the unexpected of its members: a copy, where there are any. */
function readMembers(rule: Rule, object: object, path: () => string, reading: Reading): object {
  const sent = object as Readonly<Record<string, unknown>>; // its rule told that it is no array
  let read: Record<string, unknown> | undefined;
  for (const key in sent) {
    reading.values += 1;
    const known = rule.members?.get(key);
    const memberRule = known ? known.rule : rule.others;
    const value = sent[key];
    const isChecked = memberRule !== undefined && memberRule !== 'forbidden' && value !== undefined;
    if (!isChecked || (!memberRule.members && memberRule.admits(value))) {
      if (read) read[key] = value;
      continue;
    }
    const place = () => path() + (known ? known.subscript : subscript(key));
    const member = readMember(memberRule, value, place, reading, !known);
    if (member === value) {
      if (read) read[key] = value;
      continue;
    }
    read ??= membersBefore(key, sent);
    if (member !== ABSENT) read[key] = member;
  }
  for (const key of rule.required) {
    const expected = rule.members?.get(key)?.rule.expected;
    if (expected === undefined || Object.hasOwn(sent, key)) continue;
    reading.unexpected(() => ({ path: path() + subscript(key), got: 'nothing', expected }));
  }
  return read ?? object;
}

/** The members that come before one, without a prototype: a key may be `__proto__`. */
function membersBefore(end: string, sent: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const before: Record<string, unknown> = Object.create(null);
  for (const key in sent) {
    if (key === end) break;
    before[key] = sent[key];
  }
  return before;
}

/** A member as far as it is expected. An entry of a map is left out where it lacks what each entry has. */
function readMember(rule: Rule, value: unknown, path: () => string, reading: Reading, isEntry: boolean): unknown {
  if (!rule.admits(value)) {
    reading.unexpected(() => ({ path: path(), got: gotFor(rule, value), expected: rule.expected }));
    return ABSENT;
  }
  if (!rule.members || typeof value !== 'object' || value === null) return value;
  const read = readMembers(rule, value, path, reading);
  return isEntry && rule.required.some((key) => !Object.hasOwn(read, key)) ? ABSENT : read;
}

const rules = new Map<EventType, Rule>();

function ruleFor(type: EventType): Rule {
  const known = rules.get(type);
  if (known) return known;
  const rule = ruleOf(eventSchemas.standard[type]);
  rules.set(type, rule);
  return rule;
}
