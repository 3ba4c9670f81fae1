import { OPTIONS, type Option } from './options.ts';

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
