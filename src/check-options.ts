import type { CollectorOptions } from './options.ts';
import { DEFAULT_TIMEOUTS } from './session/lifecycle.ts';
import type { SessionStore } from './session/store.ts';

/** What the options of a collector may be, in the words of the error for one that is not. */
const EXPECTED: { readonly [Name in keyof CollectorOptions]-?: readonly [(value: unknown) => boolean, string] } = {
  store: [isStore, 'a SessionStore, an object with all methods of that interface, such as memoryStore()'],
  validation: [(value) => value === 'standard' || value === 'strict', "'standard' or 'strict'"],
  cors: [isCors, 'true, false, or { origin: a string or an array of strings, maxAge: whole seconds }'],
  maxBodyBytes: [isPositiveInteger, 'a whole number of bytes above 0'],
  timeouts: [isTimeouts, '{ idle, stall, grace } in whole milliseconds above 0, grace no longer than idle'],
  location: [isFunction, 'a function from a session id to a path'],
  newId: [isFunction, 'a function that returns a new session id'],
  now: [isFunction, 'a function that returns Unix milliseconds'],
  sweepInterval: [isPositiveInteger, 'a whole number of milliseconds above 0'],
  onSessionStart: [isFunction, 'a function'],
  onEvent: [isFunction, 'a function'],
  onReject: [isFunction, 'a function'],
  onSessionClose: [isFunction, 'a function'],
  onError: [isFunction, 'a function'],
};

const STORE_METHODS: readonly (keyof SessionStore)[] = [
  'create',
  'append',
  'get',
  'events',
  'list',
  'claimClosed',
  'settle',
  'close',
];

/** Throws a TypeError that says how to mend the first option that is wrong or unknown. */
export function checkOptions(options: unknown): asserts options is CollectorOptions {
  if (!isRecord(options)) throw new TypeError(`Expected an object of options, got ${String(options)}`);
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(EXPECTED, name)) {
      throw new TypeError(`There is no option ${name}; the options are ${Object.keys(EXPECTED).join(', ')}`);
    }
    const [admits, expected] = EXPECTED[name as keyof typeof EXPECTED]; // just found there
    if (value !== undefined && !admits(value)) throw new TypeError(`The option ${name} must be ${expected}`);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isPositiveInteger(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function isStore(value: unknown): boolean {
  return isRecord(value) && STORE_METHODS.every((method) => isFunction(value[method]));
}

function isCors(value: unknown): boolean {
  if (typeof value === 'boolean') return true;
  if (!isRecord(value)) return false;
  const { origin = '*', maxAge = 0, ...unknown } = value;
  const origins = Array.isArray(origin) ? origin : [origin];
  return (
    origins.every((one) => typeof one === 'string') &&
    Number.isSafeInteger(maxAge) &&
    Number(maxAge) >= 0 &&
    Object.keys(unknown).length === 0
  );
}

function isTimeouts(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { idle, stall, grace, ...unknown } = { ...DEFAULT_TIMEOUTS, ...value };
  return [idle, stall, grace].every(isPositiveInteger) && grace <= idle && Object.keys(unknown).length === 0;
}
