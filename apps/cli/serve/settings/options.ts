import { parseReportsChoice } from '../reports.ts';
import { parseStoreChoice } from '../store/store-choice.ts';
import {
  days,
  host,
  oneOf,
  secret,
  TOKEN_RULE,
  token,
  trueOrFalse,
  type ValueType,
  wholeNumber,
} from './value-types.ts';

/** An option of `serve`: how it is written, what it may be, and what it is by default. */
export interface Option<Value, Default = Value> extends ValueType<Value> {
  readonly help: string;
  /** What the value must be, where the help has to say it. */
  readonly rule?: string;
  /** What the help calls the value; none for a switch. */
  readonly valueName?: string;
  /** Environment variables that stand in for the flag, the first that is set. */
  readonly variables: readonly [string, ...string[]];
  readonly defaultValue: Default;
  /** What the help calls the default; none where leaving the option out means nothing. */
  readonly defaultText?: string;
  /** Whether an error leaves a wrong value out, since it may hold a password. */
  readonly isSecret?: boolean;
}

/** Keeps the types of an option, which a `satisfies` of the whole table would widen. */
function option<Value, Default>(described: Option<Value, Default>): Option<Value, Default> {
  return described;
}

/** Every option there is, by its flag, in the order of the help. */
export const OPTIONS = {
  host: option({
    ...host,
    valueName: 'HOST',
    variables: ['MEDIA_SESSIONS_HOST'],
    help: 'the address to listen on; 0.0.0.0 for every address of this machine',
    defaultValue: '127.0.0.1',
    defaultText: '127.0.0.1',
  }),
  port: option({
    ...wholeNumber(65_535),
    valueName: 'PORT',
    variables: ['MEDIA_SESSIONS_PORT', 'PORT'],
    help: 'the port to listen on; 0 for any that is free',
    defaultValue: 8080,
    defaultText: '8080',
  }),
  'keep-alive': option({
    ...wholeNumber(3600, 'seconds', 1),
    valueName: 'SECONDS',
    variables: ['MEDIA_SESSIONS_KEEP_ALIVE'],
    help: 'how long a connection may be idle; longer than a proxy keeps it',
    defaultValue: 65, // balancers keep theirs 60, as a rule, and players ping every 10
    defaultText: '65',
  }),
  store: option({
    valueName: 'STORE',
    variables: ['MEDIA_SESSIONS_STORE'],
    help: 'memory, sqlite:FILE, redis://HOST:PORT or postgres://USER@HOST/NAME',
    defaultValue: undefined,
    defaultText: 'sqlite:media-sessions.db; memory before Node 22.13',
    parse: parseStoreChoice,
    expected: 'memory, sqlite:FILE, redis://HOST:PORT or postgres://USER@HOST/NAME',
    isSecret: true,
  }),
  retention: option({
    ...days,
    valueName: 'DAYS',
    variables: ['MEDIA_SESSIONS_RETENTION'],
    help: 'how long the store remembers a closed session, in days',
    defaultValue: undefined,
    defaultText: 'for ever in SQLite and PostgreSQL, 1 in memory and Redis',
  }),
  validation: option({
    ...oneOf('standard', 'strict', 'lenient'),
    valueName: 'MODE',
    variables: ['MEDIA_SESSIONS_VALIDATION'],
    help: 'strict takes only what is documented, standard all that SDKs send',
    rule: 'lenient wrong types too, of what a report can do without',
    defaultValue: 'standard' as const,
    defaultText: 'standard',
  }),
  edge: option({
    ...trueOrFalse,
    variables: ['MEDIA_SESSIONS_EDGE'],
    help: 'serve the Media Edge API under /ee/ too, or do not (--no-edge)',
    defaultValue: true,
    defaultText: 'true',
  }),
  reports: option({
    valueName: 'FILE|URL',
    variables: ['MEDIA_SESSIONS_REPORTS'],
    help: "where a closed session's report goes: appended to a file, or posted",
    defaultValue: undefined,
    parse: parseReportsChoice,
    expected: 'a file, or an http or https URL without a user or password',
    isSecret: true,
  }),
  'reports-secret': option({
    ...secret,
    valueName: 'SECRET',
    variables: ['MEDIA_SESSIONS_REPORTS_SECRET'],
    help: 'what posted reports are signed with; flags are seen by others here',
    defaultValue: undefined,
    isSecret: true,
  }),
  inspector: option({
    ...trueOrFalse,
    variables: ['MEDIA_SESSIONS_INSPECTOR'],
    help: 'serve the inspector at /inspect/, or do not (--no-inspector)',
    defaultValue: true,
    defaultText: 'true',
  }),
  token: option({
    ...token,
    valueName: 'TOKEN',
    variables: ['MEDIA_SESSIONS_TOKEN'],
    help: 'what the inspector and /metrics ask for, as Authorization: Bearer',
    defaultValue: undefined,
    rule: TOKEN_RULE,
    isSecret: true,
  }),
  log: option({
    ...oneOf('text', 'json'),
    valueName: 'FORMAT',
    variables: ['MEDIA_SESSIONS_LOG'],
    help: 'text, or json for a line of JSON each',
    defaultValue: 'text' as const,
    defaultText: 'text',
  }),
  'shutdown-timeout': option({
    ...wholeNumber(3600, 'seconds'),
    valueName: 'SECONDS',
    variables: ['MEDIA_SESSIONS_SHUTDOWN_TIMEOUT'],
    help: 'how long a stop may take before it is cut short',
    defaultValue: 9, // Docker kills what has not ended after 10
    defaultText: '9',
  }),
} as const;

/** How far the help of an option is indented, in characters. */
const INDENT = 31;

/** The options as the help lists them. */
export function optionsHelp(): string {
  const options: [string, Option<unknown>][] = Object.entries(OPTIONS);
  return options
    .map(([name, { valueName, variables, help, rule, defaultText }]) => {
      const flag = valueName === undefined ? `--[no-]${name}` : `--${name} ${valueName}`;
      const defaultLines = defaultText === undefined ? [] : [`default: ${defaultText}`];
      const [first, ...rest] = [help, ...(rule === undefined ? [] : [rule]), ...defaultLines, variables.join(', or ')];
      const lines = [`  ${flag}`.padEnd(INDENT) + first, ...rest.map((line) => ' '.repeat(INDENT) + line)];
      return `${lines.join('\n')}\n`;
    })
    .join('');
}
