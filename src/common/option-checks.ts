import { describeType, isObject } from './json.ts';

/**
 * Throws a TypeError when a value cannot be options, or has an option that is not among `names`: a misspelt one would
 * have no effect, and nobody would know. `owner` is the function that takes the options.
 */
export function checkOptionNames(options: unknown, names: readonly string[], owner?: string): void {
  if (!isOptions(options)) throw wrong(owner, `expected an object of options, got ${kindOf(options)}`);
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue;
    throw wrong(owner, `there is no option ${name}; the options are ${names.join(', ')}`);
  }
}

/** Tells whether a value may be options. An array or a promise may not: each would pass for options without any. */
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
