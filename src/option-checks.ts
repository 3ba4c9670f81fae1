import { describeType, isObject } from './wire/problems.ts';

/**
 * Throws a TypeError for what are no options, and for an option that there is not: a misspelt one would have no
 * effect, and nobody would know. `owner` is the function that takes them.
 */
export function checkOptionNames(options: unknown, names: readonly string[], owner?: string): void {
  if (!isOptions(options)) throw wrong(owner, `expected an object of options, got ${kindOf(options)}`);
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue;
    throw wrong(owner, `there is no option ${name}; the options are ${names.join(', ')}`);
  }
}

/** Tells options from an array and a promise too: neither has an option that is wrong, and they would pass for none. */
export function isOptions(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !(value instanceof Promise);
}

function kindOf(value: unknown): string {
  return value instanceof Promise ? 'a promise: await it' : describeType(value);
}

function wrong(owner: string | undefined, sentence: string): TypeError {
  return new TypeError(owner === undefined ? sentence[0]?.toUpperCase() + sentence.slice(1) : `${owner}: ${sentence}`);
}

/** Throws a RangeError for what is no number above 0; Infinity is one. */
export function requirePositive(owner: string, name: string, value: unknown): void {
  if (typeof value === 'number' && value > 0) return;
  const given = typeof value === 'string' ? JSON.stringify(value) : String(value);
  throw new RangeError(`${owner}: ${name} must be a number above 0, not ${given}`);
}
