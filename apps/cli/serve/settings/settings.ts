import { parseArguments } from '../../command.ts';
import { BadInput } from '../../errors.ts';
import { type Environment, firstSet } from './environment.ts';
import { OPTIONS, type Option } from './options.ts';

type Options = typeof OPTIONS;
type Name = keyof Options;

/** The value of every option, by its flag. */
export type Settings = {
  readonly [Each in Name]: Options[Each]['defaultValue'] | Exclude<ReturnType<Options[Each]['parse']>, undefined>;
};

/** Reads what flags and, where there is no flag, the environment set; `help` when that is asked for. Throws a BadInput. */
export function readSettings(args: readonly string[], env: Environment): Settings | 'help' {
  const flags = parseFlags(args);
  if (flags['help'] !== undefined) return 'help';
  const names = Object.keys(OPTIONS) as Name[]; // Object.keys forgets the names
  // Each value is what its own option parsed.
  return Object.fromEntries(names.map((name) => [name, readOption(name, flags[name], env)])) as unknown as Settings;
}

function parseFlags(args: readonly string[]): Readonly<Record<string, string | undefined>> {
  const options: [string, Option<unknown>][] = Object.entries(OPTIONS);
  const types = options.map(
    ([name, { valueName }]) => [name, { type: valueName === undefined ? 'boolean' : 'string' }] as const,
  );
  const { values } = parseArguments('serve', {
    args,
    options: { ...Object.fromEntries(types), help: { type: 'boolean', short: 'h' } },
    allowNegative: true,
  });
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

function readOption(name: Name, flag: string | undefined, env: Environment): unknown {
  const { variables, defaultValue, parse, expected, isSecret }: Option<unknown> = OPTIONS[name];
  const given = flag === undefined ? firstSet(variables, env) : { source: `--${name}`, text: flag };
  if (given === undefined) return defaultValue;
  const { source, text } = given;
  const value = text === '' ? undefined : parse(text);
  if (value !== undefined) return value;
  throw new BadInput(`${source} must be ${expected}${isSecret ? '' : `, not ${text || "''"}`}`);
}
