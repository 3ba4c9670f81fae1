import { checkOptionNames, isOptions } from '../common/option-checks.ts';
import { timeoutsOf } from '../session/lifecycle.ts';
import type { SessionStore } from '../session/store.ts';
import { isEdge } from './edge-options.ts';
import type { CollectorOptions } from './options.ts';

/** The longest interval of a timer; one that is longer would fire all the time. */
const MAX_INTERVAL = 2 ** 31 - 1;

/** The longest timeout, a century: a deadline is a whole number still, a date, and what databases keep. */
const MAX_TIMEOUT = 100 * 365 * 86_400_000;

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

/** What the options of a collector may be, in the words of the error for one that is not. */
const EXPECTED: { readonly [Name in keyof CollectorOptions]-?: readonly [(value: unknown) => boolean, string] } = {
  store: [isStore, `a SessionStore, such as memoryStore(): an object with the methods ${STORE_METHODS.join(', ')}`],
  validation: [(value) => value === 'standard' || value === 'strict', "'standard' or 'strict'"],
  cors: [
    isCors,
    "true, false, or { origin: '*', an origin such as https://example.com, or an array of such; maxAge: whole seconds }",
  ],
  edge: [
    isEdge,
    "true, false, or { basePath: a path such as 'media/ee', orgId: an organisation such as 0123ABC@AdobeOrg }",
  ],
  maxBodyBytes: [isPositiveInteger, 'a whole number of bytes above 0'],
  maxSessionLength: [isPositiveInteger, 'a whole number of characters above 0'],
  timeouts: [
    isTimeouts,
    `{ idle, stall, grace } in whole milliseconds from 1 to ${MAX_TIMEOUT}, which is 100 years, grace no longer than idle`,
  ],
  location: [isFunction, 'a function from a session id to a path'],
  newId: [isFunction, 'a function that returns a new session id'],
  now: [isFunction, 'a function that returns Unix milliseconds'],
  sweepInterval: [isInterval, `a whole number of milliseconds from 1 to ${MAX_INTERVAL}, which is 24 days`],
  onSessionStart: [isFunction, 'a function'],
  onEvent: [isFunction, 'a function'],
  onReject: [isFunction, 'a function'],
  onSessionClose: [isFunction, 'a function'],
  onError: [isFunction, 'a function'],
};

/** Throws a TypeError that says how to mend the first option that is wrong or unknown. */
export function checkCollectorOptions(options: unknown): asserts options is CollectorOptions {
  checkNotMistaken(options);
  checkOptionNames(options, Object.keys(EXPECTED));
  for (const [name, value] of Object.entries(options as object)) {
    const [admits, expected] = EXPECTED[name as keyof typeof EXPECTED]; // just found there
    if (value !== undefined && !admits(value)) throw new TypeError(`The option ${name} must be ${expected}`);
  }
}

/** Throws for what is easily handed over in place of the options, and says where it goes. */
function checkNotMistaken(options: unknown): void {
  if (!isOptions(options)) return;
  if (isStore(options)) throw new TypeError('A store goes into an option: { store }');
  if ('handle' in options) {
    throw new TypeError(
      'Expected options, got a collector: hand it to a middleware as it is, to Fastify as { collector }',
    );
  }
  if ('collector' in options) {
    throw new TypeError('A collector goes in place of the options, not into one');
  }
  if (('method' in options && 'url' in options) || 'req' in options) {
    throw new TypeError('Expected options, got a request: mount what the function gives, as in sessionsMiddleware()');
  }
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isPositiveInteger(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function isInterval(value: unknown): boolean {
  return isPositiveInteger(value) && Number(value) <= MAX_INTERVAL;
}

function isStore(value: unknown): boolean {
  return isOptions(value) && STORE_METHODS.every((method) => isFunction(value[method]));
}

function isCors(value: unknown): boolean {
  if (typeof value === 'boolean') return true;
  if (!isOptions(value)) return false;
  const { origin = '*', maxAge = 0, ...unknown } = value;
  return (
    (Array.isArray(origin) ? origin.length > 0 && origin.every(isOrigin) : origin === '*' || isOrigin(origin)) &&
    Number.isSafeInteger(maxAge) &&
    Number(maxAge) >= 0 &&
    Object.keys(unknown).length === 0
  );
}

/** An origin as a browser sends it: without a path, not even a slash, and without wildcards or a default port. */
function isOrigin(value: unknown): boolean {
  if (typeof value !== 'string' || !/^(null|[a-z][a-z\d+.-]*:\/\/[^/?#\s*]+)$/.test(value)) return false;
  return !/^https?:/.test(value) || (URL.canParse(value) && new URL(value).origin === value);
}

function isTimeouts(value: unknown): boolean {
  if (!isOptions(value)) return false;
  const timeouts = timeoutsOf(value);
  const isKnown = (name: string) => Object.hasOwn(timeouts, name);
  return (
    Object.values(timeouts).every(isTimeout) && timeouts.grace <= timeouts.idle && Object.keys(value).every(isKnown)
  );
}

function isTimeout(value: unknown): boolean {
  return isPositiveInteger(value) && Number(value) <= MAX_TIMEOUT;
}
