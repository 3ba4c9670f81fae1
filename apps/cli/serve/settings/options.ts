import { parseReportsChoice } from '../reports.ts';
import { parseStoreChoice } from '../store/store-choice.ts';

/** How far the help of an option is indented, in characters. */
const INDENT = 31;

/** The options as the help lists them. */
export function optionsHelp(): string {
  const entries: [string, Option<unknown>][] = Object.entries(OPTIONS);
  return entries
    .map(([name, { value, env, help, shownDefault }]) => {
      const flag = value === undefined ? `--[no-]${name}` : `--${name} ${value}`;
      const lines = [help, ...(shownDefault === undefined ? [] : [`default: ${shownDefault}`]), env.join(', or ')];
      const [first, ...rest] = lines.map((line, at) => (at === 0 ? `  ${flag}` : '').padEnd(INDENT) + line);
      return `${[first, ...rest].join('\n')}\n`;
    })
    .join('');
}

/** An option of `serve`: how it is written, what it may be, what it is when nobody says. */
export interface Option<Value, Default = Value> {
  readonly help: string;
  /** What the help calls the value; none for a switch. */
  readonly value?: string;
  /** Environment variables that stand in for the flag, the first that is set. */
  readonly env: readonly [string, ...string[]];
  /** What the help calls the default; none where leaving it out means nothing. */
  readonly shownDefault?: string;
  readonly fallback: Default;
  /** The value of a text, or undefined for one that is wrong. */
  readonly read: (text: string) => Value | undefined;
  /** What the value must be, for the error about one that is not. */
  readonly expected: string;
  /** Whether that error repeats the value; not where it may hold a password. */
  readonly isSecret?: boolean;
}

/** Keeps the types of an option, which a `satisfies` of the whole table would widen. */
function option<Value, Default>(described: Option<Value, Default>): Option<Value, Default> {
  return described;
}

/** Every option there is, in the order of the help. */
export const OPTIONS = {
  host: option({
    value: 'HOST',
    env: ['MEDIA_SESSIONS_HOST'],
    help: 'the address to listen on; 0.0.0.0 for every address of this machine',
    shownDefault: '127.0.0.1',
    fallback: '127.0.0.1',
    read: (text) => text.replace(/^\[(.*)\]$/, '$1') || undefined, // [::1], as in a URL
    expected: 'a host name or an IP address',
  }),
  port: option({
    value: 'PORT',
    env: ['MEDIA_SESSIONS_PORT', 'PORT'],
    help: 'the port to listen on; 0 for any that is free',
    shownDefault: '8080',
    fallback: 8080,
    read: (text) => wholeNumber(text, 65_535),
    expected: 'a whole number from 0 to 65535',
  }),
  store: option({
    value: 'STORE',
    env: ['MEDIA_SESSIONS_STORE'],
    help: 'memory, sqlite:FILE, redis://HOST:PORT or postgres://USER@HOST/NAME',
    shownDefault: 'sqlite:media-sessions.db; memory before Node 22.13',
    fallback: undefined,
    read: parseStoreChoice,
    expected: 'memory, sqlite:FILE, redis://HOST:PORT or postgres://USER@HOST/NAME',
    isSecret: true,
  }),
  retention: option({
    value: 'DAYS',
    env: ['MEDIA_SESSIONS_RETENTION'],
    help: 'how long the store remembers a closed session, in days',
    shownDefault: 'for ever in SQLite and PostgreSQL, 1 in memory and Redis',
    fallback: undefined,
    read: daysInMilliseconds,
    expected: 'a number of days above 0, such as 30 or 0.5',
  }),
  validation: option({
    value: 'MODE',
    env: ['MEDIA_SESSIONS_VALIDATION'],
    help: 'standard takes all that SDKs send, strict only what is documented',
    shownDefault: 'standard',
    fallback: 'standard' as const,
    read: (text) => oneOf(text, ['standard', 'strict']),
    expected: 'standard or strict',
  }),
  reports: option({
    value: 'FILE|URL',
    env: ['MEDIA_SESSIONS_REPORTS'],
    help: "where a closed session's report goes: appended to a file, or posted",
    fallback: undefined,
    read: parseReportsChoice,
    expected: 'a file, or an http or https URL without a user or password',
    isSecret: true,
  }),
  'reports-secret': option({
    value: 'SECRET',
    env: ['MEDIA_SESSIONS_REPORTS_SECRET'],
    help: 'what posted reports are signed with; flags are seen by others here',
    fallback: undefined,
    read: (text) => (text.length >= 8 ? text : undefined),
    expected: '8 or more characters',
    isSecret: true,
  }),
  inspector: option({
    env: ['MEDIA_SESSIONS_INSPECTOR'],
    help: 'serve the inspector at /inspect/, or do not (--no-inspector)',
    shownDefault: 'true',
    fallback: true,
    read: (text) => (text === 'true' || text === 'false' ? text === 'true' : undefined),
    expected: 'true or false',
  }),
  token: option({
    value: 'TOKEN',
    env: ['MEDIA_SESSIONS_TOKEN'],
    help: 'what the inspector and /metrics ask for, as Authorization: Bearer',
    fallback: undefined,
    read: (text) => (/^[\x21-\x7e]{8,}$/.test(text) ? text : undefined),
    expected: '8 or more letters, digits and signs of ASCII, without spaces',
    isSecret: true,
  }),
  log: option({
    value: 'FORMAT',
    env: ['MEDIA_SESSIONS_LOG'],
    help: 'text, or json for a line of JSON each',
    shownDefault: 'text',
    fallback: 'text' as const,
    read: (text) => oneOf(text, ['text', 'json']),
    expected: 'text or json',
  }),
  'shutdown-timeout': option({
    value: 'SECONDS',
    env: ['MEDIA_SESSIONS_SHUTDOWN_TIMEOUT'],
    help: 'how long a stop may take before it is cut short',
    shownDefault: '9',
    fallback: 9, // Docker kills what has not ended after 10
    read: (text) => wholeNumber(text, 3600),
    expected: 'a whole number of seconds from 0 to 3600',
  }),
} as const;

function wholeNumber(text: string, greatest: number): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= greatest ? Number(text) : undefined;
}

function daysInMilliseconds(text: string): number | undefined {
  const days = /^\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text) : 0;
  return days > 0 ? Math.ceil(days * 86_400_000) : undefined;
}

function oneOf<const Choice extends string>(text: string, choices: readonly Choice[]): Choice | undefined {
  return choices.find((choice) => choice === text);
}
