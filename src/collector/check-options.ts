import { checkOptionNames, isOptions, shown } from '../common/option-checks.ts';
import { DEFAULT_TIMEOUTS, type Timeouts, timeoutsOf } from '../session/lifecycle.ts';
import { isValidationMode } from '../wire/field.ts';
import { corsFault } from './check-cors.ts';
import { isStore, storeFault } from './check-store.ts';
import { edgeFault } from './edge-options.ts';
import type { CollectorOptions } from './options.ts';

/** The longest interval of a timer; one that is longer would fire all the time. */
const MAX_INTERVAL = 2 ** 31 - 1;

/** The longest timeout, a century: a deadline is a whole number still, a date, and what databases keep. */
const MAX_TIMEOUT = 100 * 365 * 86_400_000;

/** Says what is wrong with the value of an option, by its name, or undefined when nothing is. */
type FindFault = (value: unknown, name: string) => string | undefined;

const FAULTS: { readonly [Name in keyof CollectorOptions]-?: FindFault } = {
  store: storeFault,
  validation: mustBe(isValidationMode, "'standard', 'strict' or 'lenient'"),
  cors: corsFault,
  edge: edgeFault,
  maxBodyBytes: mustBe(isPositiveInteger, 'a whole number of bytes above 0'),
  maxSessionLength: mustBe(isPositiveInteger, 'a whole number of characters above 0'),
  timeouts: timeoutsFault,
  location: mustBe(isFunction, 'a function from a session id to a path'),
  newId: mustBe(isFunction, 'a function that returns a new session id'),
  now: mustBe(isFunction, 'a function that returns Unix milliseconds'),
  sweepInterval: mustBe(isInterval, `a whole number of milliseconds from 1 to ${MAX_INTERVAL}, which is 24 days`),
  onSessionStart: mustBe(isFunction, 'a function'),
  onEvent: mustBe(isFunction, 'a function'),
  onReject: mustBe(isFunction, 'a function'),
  onSessionClose: mustBe(isFunction, 'a function'),
  onError: mustBe(isFunction, 'a function'),
};

/** The pages about options that there is more to say of. */
const PAGES: Partial<Record<string, string>> = {
  store: 'docs/stores.md',
  cors: 'docs/hosts.md#cors',
  edge: 'docs/media-edge.md',
};

/** Throws a TypeError that says how to mend the first option that is wrong or unknown. */
export function checkCollectorOptions(options: unknown): asserts options is CollectorOptions {
  const mistake = mistakeFor(options);
  if (mistake !== undefined) throw new TypeError(`createCollector: ${mistake}`);
  checkOptionNames(options, Object.keys(FAULTS), 'createCollector');
  for (const [name, value] of Object.entries(options as object)) {
    const fault = value === undefined ? undefined : FAULTS[name as keyof typeof FAULTS](value, name); // just found there
    if (fault !== undefined) throw new TypeError(`createCollector: ${fault}${seePage(PAGES[name])}`);
  }
}

function seePage(page: string | undefined): string {
  return page === undefined ? '' : `; see ${page}`;
}

/** What is easily handed over in place of the options, and where it goes. */
const MISTAKES: readonly (readonly [is: (value: Readonly<Record<string, unknown>>) => boolean, write: string])[] = [
  [isStore, 'a store goes into an option: { store }'],
  [isApp, 'expected options, got an app: mount this in it, as in app.use(sessionsMiddleware())'],
  [
    (value) => 'handle' in value,
    'expected options, got a collector: hand it to a middleware as it is, to Fastify as { collector }',
  ],
  [(value) => 'collector' in value, 'a collector goes in place of the options, not into one'],
  [
    (value) => ('method' in value && 'url' in value) || 'req' in value,
    'expected options, got a request: mount what the function gives, as in sessionsMiddleware()',
  ],
];

function mistakeFor(options: unknown): string | undefined {
  if (typeof options === 'function') return isApp(options) ? MISTAKES[1]?.[1] : undefined;
  return isOptions(options) ? MISTAKES.find(([is]) => is(options))?.[1] : undefined;
}

/** Tells an app of Express, which is a function, of Koa, Hono, Nest or Fastify. */
function isApp(value: object): boolean {
  return ['use', 'register'].some((name) => isFunction((value as Readonly<Record<string, unknown>>)[name]));
}

function mustBe(admits: (value: unknown) => boolean, expected: string): FindFault {
  return (value, name) => (admits(value) ? undefined : `${name} must be ${expected}`);
}

function timeoutsFault(value: unknown, name: string): string | undefined {
  if (!isOptions(value)) return `${name} must be { idle, stall, grace } in milliseconds`;
  const timeouts = timeoutsOf(value);
  const unknown = Object.keys(value).find((member) => !Object.hasOwn(DEFAULT_TIMEOUTS, member));
  if (unknown !== undefined) return `${name} must be { idle, stall, grace }, and there is no ${unknown}`;
  const members = Object.keys(timeouts) as (keyof Timeouts)[]; // Object.keys forgets the names
  const wrong = members.find((member) => !isTimeout(timeouts[member]));
  if (wrong !== undefined) {
    return `${name}.${wrong} must be a whole number of milliseconds from 1 to ${MAX_TIMEOUT}, which is 100 years, not ${shown(timeouts[wrong])}`;
  }
  const { grace, idle } = timeouts;
  return grace > idle ? `${name}.grace, ${grace}, must be no longer than idle, ${idle}` : undefined;
}

function isTimeout(value: unknown): boolean {
  return isPositiveInteger(value) && Number(value) <= MAX_TIMEOUT;
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
