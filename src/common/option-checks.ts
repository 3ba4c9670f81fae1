import { describeType, isObject } from './json.ts';

/**
 * Throws a TypeError when a value cannot be options, or has an option that is not among `names`: a misspelt one would
 * have no effect, and nobody would know. `owner` is the function that takes the options.
 */
export function checkOptionNames(options: unknown, names: readonly string[], owner: string): void {
  if (!isOptions(options)) throw new TypeError(`${owner}: expected an object of options, got ${kindOf(options)}`);
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue;
    throw new TypeError(`${owner}: there is no option ${name}; the options are ${names.join(', ')}`);
  }
}

/** Tells whether a value may be options. An array or a promise may not: each would pass for options without any. */
export function isOptions(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !(value instanceof Promise);
}

function kindOf(value: unknown): string {
  return value instanceof Promise ? 'a promise: await it' : describeType(value);
}

/** A value that is wrong, as an error shows it. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return typeof value === 'object' ? kindOf(value) : String(value);
}

/** Throws a RangeError for what is no number above 0; Infinity is one. */
export function requirePositive(owner: string, name: string, value: unknown): void {
  if (typeof value === 'number' && value > 0) return;
  throw new RangeError(`${owner}: ${name} must be a number above 0, not ${shown(value)}`);
}
